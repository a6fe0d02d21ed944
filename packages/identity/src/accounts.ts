import { migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { RoleGrant } from "@ioc/contracts";
import { hashOfNobody, hashPassword, verifyPassword } from "./password-hash.ts";
import { passwordProblem, type PasswordProblem } from "./password-rules.ts";
import { identityMigrations } from "./schema.ts";

/** `locked`: kept from signing in for a while by an administrator; `disabled`: no longer works here. */
export type AccountState = "active" | "locked" | "disabled";

/** A person as kept, without the password hash. Times in ms since 1970 (UTC). */
export interface Account {
  id: number;
  /** Unique; lower case. */
  userName: string;
  displayName: string;
  state: AccountState;
  grants: RoleGrant[];
  createdAt: number;
  passwordChangedAt: number;
}

/** What an account cannot be, or cannot become. */
export class AccountRefused extends Error {
  readonly reason: PasswordProblem | "user-name" | "display-name" | "taken" | "grants" | "last-administrator";
  constructor(reason: AccountRefused["reason"], message: string) {
    super(message);
    this.name = "AccountRefused";
    this.reason = reason;
  }
}

type NewAccount = Pick<Account, "userName" | "displayName" | "grants"> & { password: string };

/** All that changes somebody answers null or false when there is no such account. */
export interface Accounts {
  /** @throws {AccountRefused} */
  create(wanted: NewAccount): Promise<Account>;
  byId(id: number): Account | null;
  byUserName(userName: string): Account | null;
  /** All, by user name. */
  list(): Account[];
  /** The active account that has this password, else null; a name that nobody has takes as long. @throws {HashingBusy} */
  check(userName: string, password: string): Promise<Account | null>;
  /** Ends all sessions of the account. @throws {AccountRefused} */
  setPassword(id: number, password: string): Promise<boolean>;
  /** Counts from the next request on. @throws {AccountRefused} */
  setGrants(id: number, grants: readonly RoleGrant[]): Account | null;
  /** Ends all sessions unless the new state is `active`. @throws {AccountRefused} */
  setState(id: number, state: AccountState): Account | null;
  /** @throws {AccountRefused} */
  remove(id: number): boolean;
}

interface Row extends Omit<Account, "grants"> {
  grants: string;
  passwordHash: string;
}

const select = `SELECT id, user_name AS "userName", display_name AS "displayName", state, grants, created_at AS "createdAt",
  password_changed_at AS "passwordChangedAt", password_hash AS "passwordHash" FROM account`;
/** ASCII, so that no two names look the same. */
const userNamePattern = /^[a-z0-9](?:[a-z0-9._-]{1,30}[a-z0-9])$/;

/** Form in which user names are kept and compared. */
export function foldUserName(userName: string): string {
  return userName.normalize("NFKC").trim().toLowerCase();
}

/**
 * People in a database; passwords only as argon2id hashes.
 * @param now wall clock, ms
 */
export function openAccounts(db: Database, { now = Date.now }: { now?: () => number } = {}): Accounts {
  migrate(db, "identity", identityMigrations);
  const byId = db.prepare<[number | bigint], Row>(`${select} WHERE id = ?`);
  const byName = db.prepare<[string], Row>(`${select} WHERE user_name = ?`);
  const all = db.prepare<[], Row>(`${select} ORDER BY user_name`);
  const insert = db.prepare(
    `INSERT INTO account (user_name, display_name, state, grants, password_hash, created_at, password_changed_at)
     VALUES (?, ?, 'active', ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const writePassword = db.prepare("UPDATE account SET password_hash = ?, password_changed_at = ? WHERE id = ?");
  const writeGrants = db.prepare("UPDATE account SET grants = ? WHERE id = ?");
  const writeState = db.prepare("UPDATE account SET state = ? WHERE id = ?");
  const erase = db.prepare("DELETE FROM account WHERE id = ?");
  const endSessions = db.prepare("DELETE FROM session WHERE account = ?");

  const known = (row: Row | undefined): Account | null => (row ? accountOf(row) : null);
  const administrators = () => all.all().map(accountOf).filter(isAdministrator).length;
  /** Does a change unless it leaves the city without an administrator where it had one. */
  const keepingOne = db.transaction((change: () => void) => {
    const before = administrators();
    change();
    if (before > 0 && administrators() === 0) {
      throw new AccountRefused("last-administrator", "the last active administrator must stay one");
    }
  });

  return {
    async create({ userName, displayName, grants, password }) {
      const name = foldUserName(userName);
      if (!userNamePattern.test(name)) {
        throw new AccountRefused("user-name", "a user name has 3 to 32 letters a-z, digits and . _ - between them");
      }
      const shown = displayName.normalize("NFC").trim();
      if (shown === "" || shown.length > 100 || /\p{Cc}/u.test(shown)) {
        throw new AccountRefused("display-name", "a display name has 1 to 100 characters");
      }
      requireGrants(grants);
      if (byName.get(name)) throw taken(name);
      requirePassword(password, [name, shown]);
      const hash = await hashPassword(password);
      const done = insert.run(name, shown, JSON.stringify(grants), hash, now(), now());
      // Somebody else may have taken it meanwhile.
      if (done.changes === 0) throw taken(name);
      return accountOf(byId.get(done.lastInsertRowid)!);
    },
    byId: (id) => known(byId.get(id)),
    byUserName: (userName) => known(byName.get(foldUserName(userName))),
    list: () => all.all().map(accountOf),
    async check(userName, password) {
      const row = byName.get(foldUserName(userName));
      const right = await verifyPassword(password, row?.passwordHash ?? hashOfNobody);
      // Read again: it may have been disabled, or given another password, while this was checked.
      const current = row && byId.get(row.id);
      if (!right || current?.passwordHash !== row?.passwordHash || current?.state !== "active") return null;
      return accountOf(current);
    },
    async setPassword(id, password) {
      const row = byId.get(id);
      if (!row) return false;
      requirePassword(password, [row.userName, row.displayName]);
      const hash = await hashPassword(password);
      return db.transaction(() => {
        endSessions.run(id);
        return writePassword.run(hash, now(), id).changes === 1;
      })();
    },
    setGrants(id, grants) {
      requireGrants(grants);
      keepingOne(() => writeGrants.run(JSON.stringify(grants), id));
      return known(byId.get(id));
    },
    setState(id, state) {
      keepingOne(() => {
        if (state !== "active") endSessions.run(id);
        writeState.run(state, id);
      });
      return known(byId.get(id));
    },
    remove(id) {
      const there = byId.get(id) !== undefined;
      keepingOne(() => erase.run(id));
      return there;
    },
  };
}

function taken(name: string): AccountRefused {
  return new AccountRefused("taken", `there is a user ${name} already`);
}

function requireGrants(grants: readonly RoleGrant[]): void {
  const places = grants.map(({ role, area }) => `${role} ${area ?? ""}`);
  if (grants.length === 0 || grants.length > 50 || new Set(places).size < places.length) {
    throw new AccountRefused("grants", "an account has 1 to 50 roles, each of them once for an area");
  }
  if (grants.some(({ role, area }) => role === "administrator" && area !== null)) {
    throw new AccountRefused("grants", "an administrator is one of the whole city");
  }
}

const passwordTexts: Readonly<Record<PasswordProblem, string>> = {
  "too-short": "a password has at least 15 characters; any will do, a sentence for example",
  "too-long": "a password has at most 256 characters",
  common: "this password is among the first that anybody tries",
  name: "a password must not be the name of its owner or of this place",
};

function requirePassword(password: string, names: readonly string[]): void {
  const problem = passwordProblem(password, names);
  if (problem !== null) throw new AccountRefused(problem, passwordTexts[problem]);
}

function isAdministrator({ state, grants }: Account): boolean {
  return state === "active" && grants.some(({ role }) => role === "administrator");
}

function accountOf({ passwordHash: _hash, grants, ...row }: Row): Account {
  return { ...row, grants: JSON.parse(grants) as RoleGrant[] };
}
