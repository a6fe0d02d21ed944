import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { credentialOf, requireOwnPage, sessionTokenOf, type Credential, type Sender } from "./credentials.ts";
import type { OperationId } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

/** What keys and roles allow. `admin` may do everything. */
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

/** Knows which API keys and sessions are valid and what they may do. */
export interface KeyCheck {
  isValid(credential: Credential): boolean;
  /** In the whole city. */
  may(credential: Credential, scope: Scope): boolean;
  /** Areas to which a scope is limited that is not for the whole city; empty when there is none. */
  areasOf(credential: Credential, scope: Scope): readonly string[];
  /** Who a valid credential is of, to note who did something; null when it is not valid. */
  nameOf(credential: Credential): string | null;
}

/** What is known of a valid key, or of the person of a session. */
export interface KnownHolder {
  name: string;
  /** What is allowed in the whole city. */
  scopes: readonly string[];
  /** What is allowed in single areas. */
  inAreas?: readonly { area: string; scopes: readonly Scope[] }[];
}

/** A key that is valid in this process and never stored. */
interface TransientKey extends KnownHolder {
  key: string;
  scopes: readonly Scope[];
}

/** A key for a part of the program itself, such as the simulator. */
export function createTransientKey(): string {
  return `ioc_${randomBytes(24).toString("base64url")}`;
}

/**
 * Valid are the stored keys, these transient ones, which are held as hashes too, and sessions.
 * @param person who a session token is of; null when it is not valid
 */
export function createKeyCheck(
  stored: (key: string) => KnownHolder | null,
  transient: readonly TransientKey[],
  person: (token: string) => KnownHolder | null = () => null,
): KeyCheck {
  const hashes = transient.map(({ key, ...known }) => ({ hash: hashOf(key), known }));
  const find = (credential: Credential): KnownHolder | null => {
    if ("session" in credential) return person(credential.session);
    const hash = hashOf(credential.key);
    return hashes.find((one) => timingSafeEqual(one.hash, hash))?.known ?? stored(credential.key);
  };
  return {
    isValid: (credential) => find(credential) !== null,
    may(credential, scope) {
      const own = find(credential)?.scopes ?? [];
      return own.includes(scope) || own.includes("admin");
    },
    areasOf: (credential, scope) =>
      (find(credential)?.inAreas ?? []).filter(({ scopes }) => scopes.includes(scope)).map(({ area }) => area),
    nameOf: (credential) => find(credential)?.name ?? null,
  };
}

function hashOf(key: string): Buffer {
  return createHash("sha256").update(key).digest();
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

/** Operations that look at the area of what they change, so that who may do them in one area only passes too. */
const operationsByArea: ReadonlySet<OperationId> = new Set(["postAlertAction", "postAlertActions"]);

export function isByArea(operation: OperationId): boolean {
  return operationsByArea.has(operation);
}

/** Name of who a request comes from, to note who did something; empty when that is not known. */
export function holderOf(sender: Sender, keys: Pick<KeyCheck, "nameOf">): string {
  const credential = credentialOf(sender);
  return (credential === null ? null : keys.nameOf(credential)) ?? "";
}

/** @throws {ProblemError} 401 when there is neither key nor session, or it is not valid. */
export function requireValid(credential: Credential | null, keys: KeyCheck): asserts credential is Credential {
  if (credential !== null && keys.isValid(credential)) return;
  const headers = { "WWW-Authenticate": 'Bearer realm="City IOC"' };
  if (credential === null) throw new ProblemError(401, "key-required", "An API key is required.", { headers });
  if ("session" in credential) throw signInRequired("The session is over.");
  throw new ProblemError(401, "key-required", "The API key is not valid.", { headers });
}

/**
 * The one place where rights are checked, of keys and of people.
 *
 * @param byArea The operation looks at areas itself: a scope for one area passes.
 * @throws {ProblemError} 401 without a valid key or session, 403 when it may not do this, or when a page of another site sent it.
 */
export function requireKey(
  request: Request,
  keys: KeyCheck,
  scope: Scope,
  { byArea = false }: { byArea?: boolean } = {},
): void {
  const credential = credentialOf(request);
  requireValid(credential, keys);
  if ("session" in credential) requireOwnPage(request, credential.session);
  if (keys.may(credential, scope) || (byArea && keys.areasOf(credential, scope).length > 0)) return;
  const whose = "session" in credential ? `The account ${keys.nameOf(credential)}` : "The API key";
  throw new ProblemError(403, "not-allowed", `${whose} lacks the scope ${scope}.`);
}

/** For what only a signed-in person does. @throws {ProblemError} 401, or 403 when a page of another site sent it. */
export function requireSession(request: Request, keys: Pick<KeyCheck, "isValid">): void {
  const session = sessionTokenOf(request);
  if (session === null || !keys.isValid({ session })) throw signInRequired("Nobody is signed in.");
  requireOwnPage(request, session);
}

export function signInRequired(detail: string): ProblemError {
  return new ProblemError(401, "sign-in-required", detail);
}
