import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { OperationId } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

/** `admin` may do everything that a key can. */
export const scopes = [
  "admin",
  "observations:write",
  "entities:write",
  "quarantine:read",
  "simulation:control",
  "metrics:read",
] as const;
export type Scope = (typeof scopes)[number];

/** Knows which API keys are valid and what they may do. */
export interface KeyCheck {
  isValid(key: string): boolean;
  may(key: string, scope: Scope): boolean;
}

/** A key that is valid in this process and never stored. */
interface TransientKey {
  key: string;
  scopes: readonly Scope[];
}

/** A key for a part of the program itself, such as the simulator. */
export function createTransientKey(): string {
  return `ioc_${randomBytes(24).toString("base64url")}`;
}

/** Valid are the stored keys and these transient ones, which are held as hashes too. */
export function createKeyCheck(
  stored: (key: string) => { scopes: readonly string[] } | null,
  transient: readonly TransientKey[],
): KeyCheck {
  const hashes = transient.map((one) => ({ hash: hashOf(one.key), scopes: one.scopes }));
  const scopesOf = (key: string): readonly string[] | null => {
    const hash = hashOf(key);
    return hashes.find((one) => timingSafeEqual(one.hash, hash))?.scopes ?? stored(key)?.scopes ?? null;
  };
  return {
    isValid: (key) => scopesOf(key) !== null,
    may(key, scope) {
      const own = scopesOf(key) ?? [];
      return own.includes(scope) || own.includes("admin");
    },
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/**
 * The key of a request: `Authorization: Bearer KEY`, or `X-API-Key: KEY` for devices that can set only that, or the password
 * of `Authorization: Basic` for firmware that knows nothing else.
 */
export function keyOf(request: IncomingMessage): string | null {
  const { authorization = "" } = request.headers;
  const bearer = /^Bearer +(\S{1,200})$/i.exec(authorization);
  if (bearer?.[1]) return bearer[1];
  const basic = /^Basic +([A-Za-z0-9+/=]{1,600})$/i.exec(authorization);
  if (basic?.[1]) return /^[^:]*:(\S{1,200})$/.exec(Buffer.from(basic[1], "base64").toString("utf8"))?.[1] ?? null;
  const header = request.headers["x-api-key"];
  return typeof header === "string" && header.length <= 200 ? header : null;
}

/** What a key must be allowed for an operation that needs one. */
const operationScopes: { readonly [K in OperationId]?: Scope } = {
  postObservations: "observations:write",
  postLorawan: "observations:write",
  postSensorCommunity: "observations:write",
  postCloudEvents: "observations:write",
  postRemovals: "admin",
  listCorrections: "quarantine:read",
  listQuarantine: "quarantine:read",
  startScenario: "simulation:control",
  getSystemDetail: "metrics:read",
};

export function scopeOf(operation: OperationId): Scope {
  return operationScopes[operation] ?? "admin";
}

/** @throws {ProblemError} 401 when the request carries no valid key, 403 when the key may not do this. */
export function requireKey(request: IncomingMessage, keys: KeyCheck, scope: Scope): void {
  const key = keyOf(request);
  if (key === null || !keys.isValid(key)) {
    const detail = key === null ? "An API key is required." : "The API key is not valid.";
    throw new ProblemError(401, "key-required", detail, { headers: { "WWW-Authenticate": 'Bearer realm="City IOC"' } });
  }
  if (!keys.may(key, scope)) throw new ProblemError(403, "not-allowed", `The API key lacks the scope ${scope}.`);
}
