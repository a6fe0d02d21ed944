import type { AddressInfo } from "node:net";
import { once } from "node:events";
import compression from "compression";
import express from "express";
import type { Network } from "@ioc/contracts";
import type { DatastreamSpec, ObservationReader } from "@ioc/observations";
import { createDispatcher } from "../api/dispatcher.ts";
import { createErrorHandler } from "../api/error-handler.ts";
import { exportHandlers } from "../api/exports.ts";
import type { Handlers } from "../api/handlers.ts";
import { createKeyCheck } from "../api/keys.ts";
import { createRateLimit } from "../api/rate-limit.ts";
import { createApiRouter } from "../api/router.ts";
import { createLog } from "../log.ts";

export const T0 = Date.UTC(2026, 9, 1);

export function specOf(id: string, unit = "Cel"): DatastreamSpec {
  const [station = "", property = ""] = id.split(":");
  const limits = { min: null, max: null, maxStep: null, decimals: 1 };
  return { id, station, property, unit, kind: "mean", periodSeconds: 60, ...limits };
}

/** The exports alone, over real HTTP, with a reader of the test's own. Ended with `await using`. */
export async function serveExports(
  reader: Partial<ObservationReader>,
  specs: readonly DatastreamSpec[],
  perSecond = 0,
): Promise<AsyncDisposable & { url: string }> {
  const stations = [...new Set(specs.map((spec) => spec.station))].map((id) => ({ id, kind: "k", areas: { s: "a" } }));
  const network = { scheme: "s", stations, areas: [] } as unknown as Network;
  const now = () => T0 + 400 * 86_400_000;
  const services = { reader: reader as ObservationReader, network, specs, timezone: "Asia/Ho_Chi_Minh", now };
  const dispatcher = createDispatcher(exportHandlers(services) as Handlers);
  const rateLimit = createRateLimit(perSecond, () => 0);
  const app = express();
  app.use(compression({ threshold: 1024 }));
  app.use("/api/v1", createApiRouter({ dispatcher, keys: createKeyCheck(() => null, []), rateLimit }));
  app.use(
    createErrorHandler(
      createLog({ format: "text", level: "error" }, () => {}),
      () => {},
    ),
  );
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
