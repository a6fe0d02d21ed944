import { z } from "zod";
import { roleGrant } from "./account.ts";
import { listOf } from "./common.ts";
import { endpoint } from "./endpoint.ts";

/** Who is signed in with the cookie of a request; all null when nobody is. Times in ms since 1970 (UTC). */
export const sessionState = z.object({
  account: z
    .object({
      userName: z.string(),
      displayName: z.string(),
      roles: z.array(roleGrant),
      /** What the roles allow, in the whole city or in some area. */
      scopes: z.array(z.string()),
    })
    .nullable(),
  /** To be sent as `X-CSRF-Token` with everything that changes something. */
  csrfToken: z.string().nullable(),
  expiresAt: z.number().nullable(),
});
export type SessionState = z.infer<typeof sessionState>;

/** One of the sessions of who asks. Times in ms since 1970 (UTC). */
export const sessionItem = z.object({
  id: z.int(),
  address: z.string(),
  agent: z.string(),
  createdAt: z.number(),
  lastUsedAt: z.number(),
  expiresAt: z.number(),
  /** The one that asks. */
  current: z.boolean(),
});
export type SessionItem = z.infer<typeof sessionItem>;

const password = z.string().min(1).max(1000);

/** Signing in and out, and the sessions of who is signed in. */
export const sessionEndpoints = {
  getSession: endpoint({
    method: "get",
    path: "/session",
    tag: "session",
    summary: "Who is signed in, with roles and what they allow",
    response: sessionState,
  }),
  postSession: endpoint({
    method: "post",
    path: "/session",
    tag: "session",
    summary: "Signs in; the session is in a cookie",
    body: z.object({ userName: z.string().min(1).max(100), password }),
    response: sessionState,
    session: "made",
  }),
  deleteSession: endpoint({
    method: "delete",
    path: "/session",
    tag: "session",
    summary: "Signs out",
    response: sessionState,
    session: "needed",
  }),
  postPassword: endpoint({
    method: "post",
    path: "/session/password",
    tag: "session",
    summary: "Changes the own password; ends all own sessions and starts a new one",
    body: z.object({ current: password, password }),
    response: sessionState,
    session: "needed",
  }),
  listSessions: endpoint({
    method: "get",
    path: "/sessions",
    tag: "session",
    summary: "The own sessions, newest first",
    response: listOf(sessionItem),
    session: "needed",
  }),
  revokeSession: endpoint({
    method: "delete",
    path: "/sessions/{id}",
    tag: "session",
    summary: "Ends one of the own sessions",
    response: z.object({ id: z.int() }),
    session: "needed",
  }),
} as const;
