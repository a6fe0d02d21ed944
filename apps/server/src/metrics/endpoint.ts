import type { NextFunction, Request, RequestHandler, Response } from "express";
import { limitRate } from "../api/gate.ts";
import type { KeyCheck } from "../api/keys.ts";
import { notFound, ProblemError } from "../api/problem.ts";
import type { RateLimit } from "../api/rate-limit.ts";
import { lagSeconds, type SystemServices } from "../system/services.ts";
import { requireMetricsAccess } from "./access.ts";
import { cityFamilies } from "./city-families.ts";
import { exposition, mediaTypes, type Exposition, type Family } from "./exposition.ts";
import { processFamilies } from "./process.ts";
import { storeFamilies } from "./store-families.ts";

interface MetricsOptions {
  services: SystemServices;
  keys: KeyCheck;
  rateLimit: RateLimit;
}

/** What a client may ask for, the older form first: it is the answer to every `Accept` that leaves it open. */
const forms: readonly { accept: string; form: Exposition }[] = [
  { accept: "text/plain; version=0.0.4", form: "prometheus" },
  { accept: "application/openmetrics-text; version=1.0.0", form: "openmetrics" },
];

/** `GET /metrics` for Prometheus: open to programs on this machine, to others with a key of scope `metrics:read`. */
export function metricsEndpoint({ services, keys, rateLimit }: MetricsOptions): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    try {
      limitRate(request, keys, rateLimit);
      requireMetricsAccess(request, keys);
      if (request.path !== "/") throw notFound(`There is nothing at ${request.originalUrl}.`);
      if (request.method !== "GET" && request.method !== "HEAD") {
        throw new ProblemError(405, "method-not-allowed", "/metrics answers GET.", { headers: { Allow: "GET, HEAD" } });
      }
      const accepted = request.accepts(forms.map((one) => one.accept));
      const form = forms.find((one) => one.accept === accepted)?.form ?? "prometheus";
      const body = exposition(await collect(services), form);
      response.set({ "Content-Type": mediaTypes[form], "Cache-Control": "no-store", Vary: "Accept" });
      response.end(request.method === "HEAD" ? undefined : body);
    } catch (error) {
      next(error);
    }
  };
}

/** All families, sampled now. */
async function collect(services: SystemServices): Promise<Family[]> {
  const { reader, storage, telemetry, intake, reads } = services;
  const [quarantine, kept, files, disk, store] = await Promise.all([
    // What cannot be read is left out: the other figures are wanted then more than ever.
    reader.quarantined({ limit: 1, offset: 0 }).catch(() => ({ byReason: {} })),
    storage.figures().catch(() => ({ countedAt: 0, properties: [] })),
    storage.files(),
    storage.disk(),
    services.store().catch(() => null),
  ]);
  const summary = services.summary();
  const city = cityFamilies({
    version: services.version,
    nodeVersion: process.versions.node,
    summary,
    lagSeconds: lagSeconds(summary),
    pending: intake.pending(),
    pendingLimit: services.pendingLimit,
    quarantineByReason: quarantine.byReason,
    storage: kept,
    files,
    disk,
    liveClients: services.liveClients(),
    mqttClients: services.mqttClients(),
    parts: services.health.report().parts,
    statistics: services.statistics(),
    warnings: services.warnings(),
  });
  return [
    ...city,
    ...intake.families(),
    ...storeFamilies(store),
    ...reads.families(),
    ...telemetry.families(),
    ...processFamilies(telemetry.loop, telemetry.startedAt),
  ];
}
