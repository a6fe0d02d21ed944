import type { Request } from "express";
import { requireKey, type KeyCheck } from "../api/keys.ts";

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const localName = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i;
/** A request that carries one of these came through a proxy. */
const forwarding = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"] as const;

/**
 * True when a program on this machine asks directly. A request that came through a proxy is none, nor is one whose Host is
 * not this machine's own name (a page of another site that resolved its name to 127.0.0.1).
 */
export function isThisMachine(request: Request): boolean {
  if (!loopback.test(request.socket.remoteAddress ?? "")) return false;
  if (forwarding.some((name) => request.headers[name] !== undefined)) return false;
  return localName.test(request.headers.host ?? "");
}

/**
 * Lets pass a program on this machine, or a key with the scope `metrics:read`.
 * @throws {ProblemError} 401 or 403
 */
export function requireMetricsAccess(request: Request, keys: KeyCheck): void {
  if (!isThisMachine(request)) requireKey(request, keys, "metrics:read");
}
