import type { SessionItem, SessionState } from "@ioc/contracts";
import { AccountRefused, HashingBusy, type Account, type Session, type SignInOutcome } from "@ioc/identity";
import type { Log } from "../log.ts";
import type { People } from "../identity/people.ts";
import { rightsOf } from "../identity/role-scopes.ts";
import { csrfTokenOf, refuseOtherSites, sessionCookie, sessionTokenOf, type Sender } from "./credentials.ts";
import { Reply, type Call, type Handlers } from "./handlers.ts";
import { signInRequired } from "./keys.ts";
import { notFound, ProblemError, unfit } from "./problem.ts";

type Operations = "getSession" | "postSession" | "deleteSession" | "postPassword" | "listSessions" | "revokeSession";

const nobody: SessionState = { account: null, csrfToken: null, expiresAt: null };
const secret = { "Cache-Control": "no-store" };

/** Signing in and out. The token of a session is in a cookie only, never in a body. Who did what is logged, without secrets. @param now wall clock, ms */
export function sessionHandlers(
  people: People,
  now: () => number,
  log: Pick<Log, "info" | "warn">,
): Pick<Handlers, Operations> {
  /** Starts a session in the place of the one that the request came with. */
  const begin = (account: Account, call: Call): Reply<SessionState> => {
    const agent = call.headers["user-agent"];
    const from = { address: call.address, agent: typeof agent === "string" ? agent : "" };
    const { token, session } = people.sessions.start(account.id, from, sessionTokenOf(call) ?? undefined);
    const seconds = Math.floor((session.expiresAt - now()) / 1000);
    const headers = { ...secret, "Set-Cookie": sessionCookie(token, seconds, call.secure) };
    return new Reply(stateOf(account, session, token), { headers });
  };
  const required = (sender: Sender) => {
    const found = people.signedIn(sessionTokenOf(sender) ?? "");
    if (!found) throw signInRequired("Nobody is signed in.");
    return found;
  };
  const signIn = async (userName: string, password: string, address: string): Promise<SignInOutcome> =>
    people.signIn(userName, password, address).catch(tellBusy);

  return {
    getSession(call) {
      const token = sessionTokenOf(call) ?? "";
      const found = people.signedIn(token);
      return new Reply(found ? stateOf(found.account, found.session, token) : nobody, { headers: secret });
    },
    async postSession(call) {
      refuseOtherSites(call.headers);
      const found = await signIn(call.body.userName, call.body.password, call.address);
      if (found.outcome === "wait") throw tooOften(found.seconds);
      if (found.outcome === "refused") {
        // Never as it was typed: a password in the wrong field is no rare mistake.
        const user = people.accounts.byUserName(call.body.userName)?.userName ?? "(unknown)";
        log.warn("session", "sign-in refused", { user, address: call.address });
        throw new ProblemError(401, "sign-in-refused", "The user name or the password is wrong.");
      }
      log.info("session", "signed in", known(found.account, call));
      return begin(found.account, call);
    },
    deleteSession(call) {
      const { session, account } = required(call);
      log.info("session", "signed out", known(account, call));
      people.sessions.revoke(session.account, session.id);
      return new Reply(nobody, { headers: { ...secret, "Set-Cookie": sessionCookie("", 0, call.secure) } });
    },
    async postPassword(call) {
      const { account } = required(call);
      const { current, password } = call.body;
      // Whoever found an open browser guesses no faster here than at the door.
      const found = await signIn(account.userName, current, call.address);
      if (found.outcome === "wait") throw tooOften(found.seconds);
      if (found.outcome === "refused") {
        log.warn("session", "password not changed, the present one was wrong", known(account, call));
        throw unfit("body", "current", "is not the present password");
      }
      await people.accounts.setPassword(account.id, password).catch(tellRefused).catch(tellBusy);
      log.info("session", "password changed", known(account, call));
      return begin(account, call);
    },
    listSessions(call) {
      const { session } = required(call);
      const items = people.sessions.list(session.account).map((one) => itemOf(one, session.id));
      return { items, total: items.length };
    },
    revokeSession(call) {
      const { session } = required(call);
      const id = Number(call.params["id"]);
      if (!people.sessions.revoke(session.account, id)) throw notFound(`You have no session ${call.params["id"]}.`);
      return { id };
    },
  };
}

function stateOf(account: Account, session: Session, token: string): SessionState {
  const { userName, displayName, grants } = account;
  const { scopes, inAreas = [] } = rightsOf(grants);
  const all = [...new Set([...scopes, ...inAreas.flatMap((one) => one.scopes)])];
  return {
    account: { userName, displayName, roles: grants, scopes: all },
    csrfToken: csrfTokenOf(token),
    expiresAt: session.expiresAt,
  };
}

function itemOf({ account: _account, ...session }: Session, current: number): SessionItem {
  return { ...session, current: session.id === current };
}

function known({ userName }: Account, { address }: Call): { user: string; address: string } {
  return { user: userName, address };
}

function tooOften(seconds: number): ProblemError {
  return new ProblemError(429, "too-many-requests", `Too many failures; try again in ${seconds} s.`, {
    headers: { "Retry-After": String(seconds) },
  });
}

function tellBusy(error: unknown): never {
  if (!(error instanceof HashingBusy)) throw error;
  const headers = { "Retry-After": "2" };
  throw new ProblemError(429, "too-many-requests", "Many people sign in at the moment; try again in 2 s.", { headers });
}

function tellRefused(error: unknown): never {
  throw error instanceof AccountRefused ? unfit("body", "password", error.message) : error;
}
