import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Call, OperationId } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

/** `admin` may do everything that a key can. */
export const scopes = [
  "admin",
  "observations:write",
  "entities:write",
  "datasets:write",
  "statistics:write",
  "alerts:write",
  "warnings:backtest",
  "quarantine:read",
  "simulation:control",
  "metrics:read",
  "notifications:read",
  "notifications:manage",
] as const;
export type Scope = (typeof scopes)[number];

/** Knows which API keys are valid and what they may do. */
export interface KeyCheck {
  isValid(key: string): boolean;
  may(key: string, scope: Scope): boolean;
  /** Name of a valid key, to note who did something; null when the key is not valid. */
  nameOf(key: string): string | null;
}

/** What is known of a valid key. */
interface KnownKey {
  name: string;
  scopes: readonly string[];
}

/** A key that is valid in this process and never stored. */
interface TransientKey extends KnownKey {
  key: string;
  scopes: readonly Scope[];
}

/** A key for a part of the program itself, such as the simulator. */
export function createTransientKey(): string {
  return `ioc_${randomBytes(24).toString("base64url")}`;
}

/** Valid are the stored keys and these transient ones, which are held as hashes too. */
export function createKeyCheck(stored: (key: string) => KnownKey | null, transient: readonly TransientKey[]): KeyCheck {
  const hashes = transient.map(({ key, ...known }) => ({ hash: hashOf(key), known }));
  const find = (key: string): KnownKey | null => {
    const hash = hashOf(key);
    return hashes.find((one) => timingSafeEqual(one.hash, hash))?.known ?? stored(key);
  };
  return {
    isValid: (key) => find(key) !== null,
    may(key, scope) {
      const own = find(key)?.scopes ?? [];
      return own.includes(scope) || own.includes("admin");
    },
    nameOf: (key) => find(key)?.name ?? null,
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}

/**
 * The key of a request: `Authorization: Bearer KEY`, or `X-API-Key: KEY` for devices that can set only that, or the password
 * of `Authorization: Basic` for firmware that knows nothing else.
 */
export function keyOf(request: { headers: Call["headers"] }): string | null {
  const given = request.headers["authorization"];
  const authorization = typeof given === "string" ? given : "";
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
  postDatasetRows: "datasets:write",
  listCorrections: "quarantine:read",
  listQuarantine: "quarantine:read",
  startScenario: "simulation:control",
  startDrill: "simulation:control",
  stopDrill: "simulation:control",
  previewStatistic: "statistics:write",
  putStatistic: "statistics:write",
  deleteStatistic: "statistics:write",
  putBoard: "statistics:write",
  deleteBoard: "statistics:write",
  postAlertAction: "alerts:write",
  postAlertActions: "alerts:write",
  previewSuppression: "alerts:write",
  postSuppression: "alerts:write",
  deleteSuppression: "alerts:write",
  backtestWarning: "warnings:backtest",
  getSystemDetail: "metrics:read",
  listNotifications: "notifications:read",
  getNotificationRoutes: "notifications:read",
  retryNotification: "notifications:manage",
  testChannel: "notifications:manage",
  putPushSubscription: "notifications:manage",
  deletePushSubscription: "notifications:manage",
};

export function scopeOf(operation: OperationId): Scope {
  return operationScopes[operation] ?? "admin";
}

/** Name of the key that a request carries, to note who did something; empty when there is none. */
export function holderOf(request: { headers: Call["headers"] }, keys: Pick<KeyCheck, "nameOf">): string {
  const key = keyOf(request);
  return (key === null ? null : keys.nameOf(key)) ?? "";
}

/** @throws {ProblemError} 401 when there is no key or it is not valid. */
export function requireValidKey(key: string | null, keys: KeyCheck): asserts key is string {
  if (key !== null && keys.isValid(key)) return;
  const detail = key === null ? "An API key is required." : "The API key is not valid.";
  throw new ProblemError(401, "key-required", detail, { headers: { "WWW-Authenticate": 'Bearer realm="City IOC"' } });
}

/** @throws {ProblemError} 401 when the request carries no valid key, 403 when the key may not do this. */
export function requireKey(request: IncomingMessage, keys: KeyCheck, scope: Scope): void {
  const key = keyOf(request);
  requireValidKey(key, keys);
  if (!keys.may(key, scope)) throw new ProblemError(403, "not-allowed", `The API key lacks the scope ${scope}.`);
}
