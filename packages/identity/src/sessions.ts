import { createHash, randomBytes } from "node:crypto";
import { migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import { identityMigrations } from "./schema.ts";

/** A session as kept: its token is not. Times in ms since 1970 (UTC). */
export interface Session {
  id: number;
  account: number;
  /** Address of the client that signed in. */
  address: string;
  /** How its browser names itself. */
  agent: string;
  createdAt: number;
  /** To the minute. */
  lastUsedAt: number;
  /** Ends then at the latest. */
  expiresAt: number;
}

export interface Sessions {
  /** @param replaced token of a session that ends with this one's begin: a token is never taken over from before a sign-in */
  start(
    account: number,
    from: { address: string; agent: string },
    replaced?: string,
  ): { token: string; session: Session };
  /** The session of a token, of an active account and not over; else null. */
  verify(token: string): Session | null;
  /** Those of an account that are not over, newest first. */
  list(account: number): Session[];
  /** False when the account has no such session. */
  revoke(account: number, id: number): boolean;
}

/** A session ends after so long without use: what NIST SP 800-63B-4 recommends at AAL2. */
const idleMs = 3_600_000;
/** A session ends after so long at the latest, a shift: NIST SP 800-63B-4 recommends no more than 24 hours at AAL2. */
const longestMs = 12 * 3_600_000;
/** A session in constant use is not written at each request. */
const lastUsedStepMs = 60_000;
/** Sessions an account has at once; the oldest gives way. */
const mostSessions = 20;
const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

const columns = `session.id, session.account, session.address, session.agent, session.created_at AS "createdAt",
  session.last_used_at AS "lastUsedAt", session.expires_at AS "expiresAt"`;
const inForce = "session.expires_at > ? AND session.last_used_at > ?";

/**
 * Sessions in a database. A token is 32 random bytes in base64url; only its SHA-256 is stored, which needs no salt or stretching
 * because the token itself has 256 bits of chance.
 *
 * @param now wall clock, ms
 */
export function openSessions(db: Database, { now = Date.now }: { now?: () => number } = {}): Sessions {
  migrate(db, "identity", identityMigrations);
  const byHash = db.prepare<[Buffer, number, number], Session>(
    `SELECT ${columns} FROM session JOIN account ON account.id = session.account
     WHERE session.hash = ? AND ${inForce} AND account.state = 'active'`,
  );
  const byId = db.prepare<[number | bigint], Session>(`SELECT ${columns} FROM session WHERE id = ?`);
  const ofAccount = db.prepare<[number, number, number], Session>(
    `SELECT ${columns} FROM session WHERE account = ? AND ${inForce} ORDER BY id DESC`,
  );
  const insert = db.prepare(
    "INSERT INTO session (account, hash, address, agent, created_at, last_used_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const use = db.prepare("UPDATE session SET last_used_at = ? WHERE id = ?");
  const end = db.prepare("DELETE FROM session WHERE account = ? AND id = ?");
  const endByHash = db.prepare("DELETE FROM session WHERE hash = ?");
  const endOver = db.prepare("DELETE FROM session WHERE expires_at <= ? OR last_used_at <= ?");
  const endOldest = db.prepare(
    "DELETE FROM session WHERE account = ? AND id NOT IN (SELECT id FROM session WHERE account = ? ORDER BY id DESC LIMIT ?)",
  );

  /** When a use was to be noted last, by id, of sessions whose file could not be written then. */
  const tried = new Map<number, number>();

  /** A file that cannot be written at the moment makes no session invalid; it is tried again after a step. */
  function noteUse(session: Session, time: number): void {
    tried.set(session.id, time);
    try {
      use.run(time, session.id);
      session.lastUsedAt = time;
      tried.delete(session.id);
    } catch {
      // Only the time of the last use is not noted; whoever opened the file tells of its faults.
    }
  }

  const start = db.transaction((account: number, from: { address: string; agent: string }, replaced?: string) => {
    const time = now();
    endOver.run(time, time - idleMs);
    if (replaced !== undefined) endByHash.run(hashOf(replaced));
    const token = randomBytes(32).toString("base64url");
    const { address, agent } = from;
    const { lastInsertRowid } = insert.run(account, hashOf(token), address, agent, time, time, time + longestMs);
    endOldest.run(account, account, mostSessions);
    return { token, session: byId.get(lastInsertRowid)! };
  });

  return {
    start: (account, { address, agent }, replaced) =>
      start(account, { address: address.slice(0, 100), agent: agent.slice(0, 300) }, replaced),
    verify(token) {
      if (!tokenPattern.test(token)) return null;
      const time = now();
      const session = byHash.get(hashOf(token), time, time - idleMs);
      if (!session) return null;
      const noted = Math.max(session.lastUsedAt, tried.get(session.id) ?? -Infinity);
      if (time - noted >= lastUsedStepMs) noteUse(session, time);
      return session;
    },
    list: (account) => ofAccount.all(account, now(), now() - idleMs),
    revoke: (account, id) => end.run(account, id).changes === 1,
  };
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
