import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import type { Endpoint } from "@ioc/contracts";
import { matchEndpoint, type Dispatcher, type Match } from "./dispatcher.ts";
import type { Reply } from "./handlers.ts";
import { keyOf, requireKey, type KeyCheck } from "./keys.ts";
import { ProblemError } from "./problem.ts";
import type { RateLimit } from "./rate-limit.ts";

/** Largest body that is read, after decompression. */
export const bodyLimitBytes = 16 * 1024 * 1024;

interface ApiOptions {
  dispatcher: Dispatcher;
  keys: KeyCheck;
  rateLimit: RateLimit;
}

/** The REST API below `/api/v1`: limit, match, key, body, handler, answer. Refusals go to the error handler. */
export function createApiRouter({ dispatcher, keys, rateLimit }: ApiOptions): RequestHandler {
  const readJson = express.json({ limit: bodyLimitBytes, strict: true });
  return async (request: Request, response: Response, next: NextFunction) => {
    try {
      openToReaders(request, response);
      limitRate(request, keys, rateLimit);
      if (request.method === "OPTIONS") return void response.status(204).end();
      const match = matchEndpoint(request.method, request.path);
      if (match.endpoint.key) requireKey(request, keys, match.id);
      if (match.endpoint.body) await readBody(request, response, readJson);
      const reply = await dispatcher.call(match, request.url, request.body);
      send(request, response, match, reply);
    } catch (error) {
      next(error);
    }
  };
}

/** Reading is open to pages of other sites; writing from a browser is not. */
function openToReaders(request: Request, response: Response): void {
  response.set("Access-Control-Allow-Origin", "*");
  if (request.method !== "OPTIONS") return;
  response.set({ "Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Max-Age": "86400" });
}

function limitRate(request: Request, keys: KeyCheck, rateLimit: RateLimit): void {
  const key = keyOf(request);
  if (key !== null && keys.isValid(key)) return;
  const wait = rateLimit.take(request.ip ?? "");
  if (wait === 0) return;
  throw new ProblemError(429, "too-many-requests", `Too many requests; try again in ${wait} s.`, {
    headers: { "Retry-After": String(wait) },
  });
}

async function readBody(request: Request, response: Response, readJson: RequestHandler): Promise<void> {
  if (!request.is("application/json")) {
    throw new ProblemError(415, "unsupported-media-type", "The body must be application/json.");
  }
  await new Promise<void>((done, fail) => {
    readJson(request, response, (error?: unknown) => (error ? fail(error) : done()));
  });
}

function send(request: Request, response: Response, { endpoint }: Match, reply: Reply<unknown>): void {
  response.status(reply.status ?? endpoint.status ?? 200);
  response.set("Cache-Control", endpoint.key ? "no-store" : "no-cache");
  response.set(reply.headers);
  response.type(mediaOf(endpoint));
  if (reply.ready) return sendReady(request, response, reply);
  const value = reply.value;
  response.send(typeof value === "string" ? value : JSON.stringify(value));
}

function mediaOf(endpoint: Endpoint): string {
  const media = endpoint.produces ?? "application/json";
  return media.includes("json") ? media : `${media}; charset=utf-8`;
}

function sendReady(request: Request, response: Response, { ready }: Reply<unknown>): void {
  if (!ready) return;
  response.set("ETag", ready.etag).vary("Accept-Encoding");
  if (request.fresh) return void response.status(304).end();
  const packed = request.acceptsEncodings("gzip") === "gzip";
  if (packed) response.set("Content-Encoding", "gzip");
  response.end(packed ? ready.gzip : ready.plain);
}
