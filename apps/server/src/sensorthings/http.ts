import type { NextFunction, Request, RequestHandler, Response } from "express";
import { listSets, requirements, requirementUri, type Answer, type SensorThings } from "@ioc/sensorthings";
import { limitRate, openToReaders, readJson } from "../api/gate.ts";
import { requireKey, type KeyCheck } from "../api/keys.ts";
import { ProblemError } from "../api/problem.ts";
import type { RateLimit } from "../api/rate-limit.ts";
import { setRoute } from "../metrics/http.ts";
import { toProblemError } from "./problems.ts";

export interface HttpParts {
  service: SensorThings;
  keys: KeyCheck;
  rateLimit: RateLimit;
  /** Configured origin; empty: the address that the request came to. */
  publicUrl: string;
  /** Address of the MQTT broker as this request's client reaches it; null when there is none. */
  mqttAddress: (host: string) => string | null;
}

/** Who sends, for the intake. */
const source = "sensorthings";
const methods = "GET, HEAD, POST, PATCH, PUT, DELETE, OPTIONS";

/** OGC SensorThings API 1.1 over HTTP; to be mounted at its own path. Reading is open, writing needs a key. */
export function sensorThingsHttp(parts: HttpParts): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    try {
      openToReaders(request, response);
      limitRate(request, parts.keys, parts.rateLimit);
      setRoute(response, routeOf(request));
      if (request.method === "OPTIONS") return void response.status(204).end();
      const root = rootOf(request, parts.publicUrl);
      const path = decodedPath(request.path);
      if (request.method === "GET" || request.method === "HEAD") await answerRead(parts, request, response, path, root);
      else await answerWrite(parts, request, response, path, root);
    } catch (error) {
      next(toProblemError(error));
    }
  };
}

/** Templates, so that ids do not multiply the figures: `/sensorthings/v1.1/Things({id})/Datastreams`. */
function routeOf({ baseUrl, path }: Request): string {
  const parts = path.split("/").filter((part) => part !== "");
  const known = parts.slice(0, 3).every((part) => /^[A-Za-z$]{1,30}(?:\(\d+\))?$/.test(part));
  if (!known || parts.length > 3) return `${baseUrl}/…`;
  return [baseUrl, ...parts.map((part) => part.replace(/\(\d+\)/, "({id})"))].join("/");
}

function rootOf(request: Request, publicUrl: string): string {
  const host = request.get("host") ?? "";
  // A host that no address can have must not stand in links.
  const asked = /^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ? host : "localhost";
  return (publicUrl || `${request.protocol}://${asked}`) + request.baseUrl;
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new ProblemError(400, "invalid-request", "The path is not encoded as UTF-8 with %.");
  }
}

async function answerRead(
  parts: HttpParts,
  request: Request,
  response: Response,
  path: string,
  root: string,
): Promise<void> {
  response.set("Cache-Control", "no-cache");
  if (path === "/" || path === "") return void response.json(rootDocument(parts, request, root));
  const search = request.originalUrl.split(/\?(.*)/s)[1] ?? "";
  send(response, await parts.service.read(path, search, root));
}

function send(response: Response, answer: Answer): void {
  switch (answer.kind) {
    case "nothing":
      return void response.status(204).end();
    case "text":
      return void response.set("Content-Type", answer.media).send(answer.text);
    case "json":
      return sendJson(response, JSON.stringify(answer.json));
  }
}

/** From this length on, the hash for an ETag takes longer than it can save. */
const largeText = 200_000;

function sendJson(response: Response, text: string): void {
  response.set("Content-Type", "application/json; charset=utf-8");
  if (text.length < largeText) response.send(text);
  else response.end(text);
}

function rootDocument({ mqttAddress }: HttpParts, request: Request, root: string): unknown {
  const mqtt = mqttAddress(request.hostname);
  const fulfilled = requirements(mqtt === null ? ["core"] : ["core", "mqtt"]).map(requirementUri);
  const endpoints = requirements(["mqtt"]).map((name) => [requirementUri(name), { endpoints: [mqtt] }]);
  const serverSettings = { conformance: fulfilled, ...(mqtt === null ? {} : Object.fromEntries(endpoints)) };
  return { value: listSets(root), serverSettings };
}

async function answerWrite(
  { service, keys }: HttpParts,
  request: Request,
  response: Response,
  path: string,
  root: string,
): Promise<void> {
  const { method } = request;
  if (!["POST", "PATCH", "PUT", "DELETE"].includes(method)) {
    throw new ProblemError(405, "method-not-allowed", `These addresses answer ${methods}.`, {
      headers: { Allow: methods },
    });
  }
  requireKey(request, keys, service.concerns(path) === "observations" ? "observations:write" : "entities:write");
  response.set("Cache-Control", "no-store");
  if (method === "DELETE") {
    await service.remove(path, source);
    return void response.status(200).end();
  }
  await readJson(request, response);
  const body: unknown = request.body;
  if (method !== "POST") {
    const { json } = await service.change(path, body, method === "PUT" ? "put" : "patch", root, source);
    return void response.status(200).json(json);
  }
  if (path === "/CreateObservations") {
    return void response.status(201).json(await service.createObservations(body, root, source));
  }
  const { address, json } = await service.create(path, body, root, source);
  response.status(201).set("Location", address).json(json);
}
