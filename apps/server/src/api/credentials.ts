import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Call } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

/** What says whom a request comes from: an API key, or the token of a person's session. */
export type Credential = { key: string } | { session: string };

/** What of a request is looked at; `secure` when it came over https. */
export type Sender = Pick<Call, "headers" | "secure">;

/**
 * The key of a request: `Authorization: Bearer KEY`, or `X-API-Key: KEY` for devices that can set only that, or the password
 * of `Authorization: Basic` for firmware that knows nothing else.
 */
function keyOf({ headers }: Pick<Call, "headers">): string | null {
  const given = headers["authorization"];
  const authorization = typeof given === "string" ? given : "";
  const bearer = /^Bearer +(\S{1,200})$/i.exec(authorization);
  if (bearer?.[1]) return bearer[1];
  const basic = /^Basic +([A-Za-z0-9+/=]{1,600})$/i.exec(authorization);
  if (basic?.[1]) return /^[^:]*:(\S{1,200})$/.exec(Buffer.from(basic[1], "base64").toString("utf8"))?.[1] ?? null;
  const header = headers["x-api-key"];
  return typeof header === "string" && header.length <= 200 ? header : null;
}

/** Whom a request comes from. A key counts before a cookie: a browser adds the cookie by itself, a key is sent on purpose. */
export function credentialOf(sender: Sender): Credential | null {
  const key = keyOf(sender);
  if (key !== null) return { key };
  const session = sessionTokenOf(sender);
  return session === null ? null : { session };
}

/** Over https the name has the prefix that keeps other hosts of the domain from setting the cookie (RFC 6265bis, 4.1.3.2). */
function cookieName(secure: boolean): string {
  return secure ? "__Host-ioc" : "ioc";
}

/** The token in the cookie of a request. */
export function sessionTokenOf({ headers, secure }: Sender): string | null {
  const given = headers["cookie"];
  if (typeof given !== "string") return null;
  const prefix = `${cookieName(secure)}=`;
  const pair = given.split(";").find((one) => one.trim().startsWith(prefix));
  return pair === undefined ? null : pair.trim().slice(prefix.length);
}

/** `Set-Cookie` that keeps a token for so many seconds; an empty token with 0 removes it. */
export function sessionCookie(token: string, seconds: number, secure: boolean): string {
  const attributes = ["Path=/", "HttpOnly", "SameSite=Strict", `Max-Age=${seconds}`, ...(secure ? ["Secure"] : [])];
  return [`${cookieName(secure)}=${token}`, ...attributes].join("; ");
}

/** What pages send back in `X-CSRF-Token`; made from the token of the session, which pages cannot read. */
export function csrfTokenOf(session: string): string {
  return createHash("sha256").update(`csrf ${session}`).digest("base64url");
}

const harmless: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses what another site makes a signed-in browser send: whatever changes something must come from a page of this server and
 * carry the token that only such a page can read.
 * @throws {ProblemError} 403
 */
export function requireOwnPage(
  request: { method?: string | undefined; headers: IncomingHttpHeaders },
  session: string,
): void {
  if (harmless.has(request.method ?? "")) return;
  const { headers } = request;
  if (headers["sec-fetch-site"] === undefined && headers.origin === undefined) throw crossSite();
  refuseOtherSites(headers);
  const given = Buffer.from(String(headers["x-csrf-token"] ?? ""));
  const wanted = Buffer.from(csrfTokenOf(session));
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new ProblemError(403, "cross-site", "The header X-CSRF-Token is missing or not that of this session.");
  }
}

/**
 * Browsers say themselves where a request comes from: in `Sec-Fetch-Site`, or, over plain http and in older ones, in `Origin`.
 * @throws {ProblemError} 403 when it is a page of another site
 */
export function refuseOtherSites(headers: Call["headers"]): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) {
    if (site !== "same-origin") throw crossSite();
    return;
  }
  const origin = headers["origin"];
  if (origin === undefined) return;
  if (typeof origin !== "string" || !URL.canParse(origin) || new URL(origin).host !== headers["host"])
    throw crossSite();
}

function crossSite(): ProblemError {
  return new ProblemError(403, "cross-site", "With a session, changes are taken from pages of this server only.");
}
