import type { IncomingMessage } from "node:http";
import express, { type Request, type RequestHandler, type Response } from "express";
import { StoreBusy, StoreUnavailable } from "@ioc/observations";
import { cityFault } from "../system/city-database.ts";
import { credentialOf } from "./credentials.ts";
import type { KeyCheck } from "./keys.ts";
import { ProblemError } from "./problem.ts";
import type { RateLimit } from "./rate-limit.ts";

/** What every interface over HTTP asks of a request before it is answered. */

/** Largest body that is read, after decompression. */
export const bodyLimitBytes = 16 * 1024 * 1024;

/** Reading is open to pages of other sites; writing from a browser is not. */
export function openToReaders(request: Request, response: Response): void {
  response.set("Access-Control-Allow-Origin", "*");
  if (request.method !== "OPTIONS") return;
  response.set({ "Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Max-Age": "86400" });
}

export function limitRate(request: Request, keys: KeyCheck, rateLimit: RateLimit): void {
  const credential = credentialOf(request);
  if (credential !== null && keys.isValid(credential)) return;
  const wait = rateLimit.take(request.ip ?? "");
  if (wait === 0) return;
  throw new ProblemError(429, "too-many-requests", `Too many requests; try again in ${wait} s.`, {
    headers: { "Retry-After": String(wait) },
  });
}

const parsers = new Map<number, RequestHandler>();

function jsonParser(limit: number): RequestHandler {
  const known = parsers.get(limit);
  if (known) return known;
  const made = express.json({ limit, strict: true, type: isJson });
  parsers.set(limit, made);
  return made;
}

/**
 * Reads a JSON body (`application/json` or `application/…+json`, UTF-8, plain or compressed) into `request.body`.
 * @param limit largest size in bytes, after decompression
 * @throws {ProblemError} 415; errors of the parser are understood by the error handler.
 */
export async function readJson(request: Request, response: Response, limit = bodyLimitBytes): Promise<void> {
  if (!isJson(request)) throw new ProblemError(415, "unsupported-media-type", "The body must be application/json.");
  await new Promise<void>((done, fail) => {
    jsonParser(limit)(request, response, (error?: unknown) => (error ? fail(error) : done()));
  });
}

function isJson(request: IncomingMessage): boolean {
  return /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i.test(request.headers["content-type"] ?? "");
}

/** A store that is busy or not available, told to the sender with the time to wait; anything else is passed on. */
export function storeProblem(thrown: unknown): unknown {
  const error = cityFault(thrown);
  if (error instanceof StoreBusy) {
    const seconds = String(Math.max(1, Math.ceil(error.retryAfterSeconds)));
    const headers = { "Retry-After": seconds };
    return new ProblemError(429, "busy", `The store is busy; send the same again in ${seconds} s.`, { headers });
  }
  if (error instanceof StoreUnavailable) {
    const headers = { "Retry-After": String(Math.max(1, Math.ceil(error.retryAfterSeconds))) };
    return new ProblemError(503, "store-unavailable", error.message, { headers });
  }
  return error;
}
