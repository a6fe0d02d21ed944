import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { Endpoint } from "@ioc/contracts";
import { matchEndpoint, type Dispatcher, type Match } from "./dispatcher.ts";
import { setRoute } from "../metrics/http.ts";
import { limitRate, openToReaders, readJson } from "./gate.ts";
import type { OperationId, Reply } from "./handlers.ts";
import { isByArea, requireKey, requireSession, scopeOf, type KeyCheck } from "./keys.ts";
import { clientOf, type RateLimit } from "./rate-limit.ts";
import { sendStream } from "./stream.ts";

/** Largest bodies in bytes, where they are smaller than those of readings. */
const bodyLimits: { readonly [K in OperationId]?: number } = {
  previewStatistic: 256 * 1024,
  putStatistic: 256 * 1024,
  backtestWarning: 256 * 1024,
  putBoard: 64 * 1024,
  postSession: 16 * 1024,
  postPassword: 16 * 1024,
};

interface ApiOptions {
  dispatcher: Dispatcher;
  keys: KeyCheck;
  rateLimit: RateLimit;
}

/** The REST API below `/api/v1`: limit, match, key, body, handler, answer. Refusals go to the error handler. */
export function createApiRouter({ dispatcher, keys, rateLimit }: ApiOptions): RequestHandler {
  return async (request: Request, response: Response, next: NextFunction) => {
    try {
      openToReaders(request, response);
      limitRate(request, keys, rateLimit);
      if (request.method === "OPTIONS") return void response.status(204).end();
      const match = matchEndpoint(request.method, request.path);
      setRoute(response, `/api/v1${match.endpoint.path}`);
      if (match.endpoint.key) requireKey(request, keys, scopeOf(match.id), { byArea: isByArea(match.id) });
      if (match.endpoint.session === "needed") requireSession(request, keys);
      if (match.endpoint.body) await readJson(request, response, bodyLimits[match.id]);
      const reply = await dispatcher.call(match, request.url, request.body, {
        headers: request.headers,
        address: clientOf(request.ip ?? ""),
        secure: request.secure,
      });
      await send(request, response, match, reply);
    } catch (error) {
      next(error);
    }
  };
}

async function send(request: Request, response: Response, { endpoint }: Match, reply: Reply<unknown>): Promise<void> {
  response.status(reply.status ?? endpoint.status ?? 200);
  response.set("Cache-Control", endpoint.key || endpoint.session ? "no-store" : "no-cache");
  response.set(reply.headers);
  response.type(mediaOf(endpoint));
  if (reply.ready) return sendReady(request, response, reply);
  if (reply.stream) return sendStream(request, response, reply.stream);
  const value = reply.value;
  response.send(typeof value === "string" ? value : JSON.stringify(value));
}

function mediaOf(endpoint: Endpoint): string {
  const media = endpoint.produces ?? "application/json";
  return media.startsWith("text/") || media.endsWith("+xml") ? `${media}; charset=utf-8` : media;
}

function sendReady(request: Request, response: Response, { ready }: Reply<unknown>): void {
  if (!ready) return;
  response.set("ETag", ready.etag);
  if (ready.gzip) response.vary("Accept-Encoding");
  if (request.fresh) return void response.status(304).end();
  const packed = ready.gzip && request.acceptsEncodings("gzip") === "gzip" ? ready.gzip : null;
  if (packed) response.set("Content-Encoding", "gzip");
  const body = packed ?? ready.plain;
  response.set("Content-Length", String(body.length));
  response.end(body);
}
