import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RoleGrant } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { AccountRefused, HashingBusy, createSignIn, createSignInDelays, openAccounts, openSessions } from "./index.ts";

const T0 = Date.UTC(2026, 9, 1);
const minute = 60_000;
const hour = 60 * minute;
const password = "mưa ngập đường Trần Quý Cáp";
const other = "triều cường ở cửa sông Hàn";
const from = { address: "10.0.0.1", agent: "Firefox" };
const administrator: RoleGrant[] = [{ role: "administrator", area: null }];

function setup() {
  const folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  const db = openDatabase(file);
  const clock = { now: T0 };
  const now = () => clock.now;
  const accounts = openAccounts(db, { now });
  return {
    file,
    db,
    clock,
    accounts,
    sessions: openSessions(db, { now }),
    signIn: createSignIn(accounts, createSignInDelays(now)),
    add: (userName: string, grants: RoleGrant[] = [{ role: "operator", area: null }]) =>
      accounts.create({ userName, displayName: "Lê Thị Hoa", grants, password }),
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

const reasonOf = async (doing: () => unknown): Promise<unknown> => {
  try {
    await doing();
    return null;
  } catch (error) {
    return error instanceof AccountRefused ? error.reason : error;
  }
};

test("an account is found by its name in any case, and only with its password", async () => {
  using s = setup();
  const made = await s.add(" Hoa.LE ");
  expect(made).toMatchObject({ userName: "hoa.le", displayName: "Lê Thị Hoa", state: "active", createdAt: T0 });
  expect(await s.accounts.check("HOA.le", password)).toEqual(made);
  // The same letters with marks typed apart.
  expect(await s.accounts.check("hoa.le", password.normalize("NFD"))).toEqual(made);
  expect(await s.accounts.check("hoa.le", `${password} `)).toBeNull();
  expect(await s.accounts.check("nobody", password)).toBeNull();
  expect(await reasonOf(() => s.add("HOA.LE"))).toBe("taken");
  const twice = await Promise.allSettled([s.add("minh"), s.add("minh")]);
  expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("the file holds neither passwords nor tokens, and hashes say how they were made", async () => {
  using s = setup();
  const { id } = await s.add("hoa");
  const { token } = s.sessions.start(id, from);
  s.db.pragma("wal_checkpoint(TRUNCATE)");
  const bytes = readFileSync(s.file);
  expect(bytes.includes(password)).toBe(false);
  expect(bytes.includes(token)).toBe(false);
  const { hash } = s.db.prepare<[], { hash: string }>("SELECT password_hash AS hash FROM account").get()!;
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
});

test.each([
  ["user-name", { userName: "ab" }],
  ["user-name", { userName: "hoa le" }],
  ["user-name", { userName: "hоa" }],
  ["display-name", { displayName: " " }],
  ["grants", { grants: [] }],
  ["grants", { grants: [...administrator, ...administrator] }],
  ["grants", { grants: [{ role: "administrator", area: "hai-chau" } as const] }],
  ["too-short", { password: "fourteen chars" }],
  ["too-long", { password: "xy z".repeat(65) }],
])("%s: %o is refused", async (reason, wrong) => {
  using s = setup();
  const right = { userName: "hoa", displayName: "Hoa", grants: administrator, password };
  expect(await reasonOf(() => s.accounts.create({ ...right, ...wrong }))).toBe(reason);
  expect(s.accounts.list()).toEqual([]);
});

test("the last active administrator stays one", async () => {
  using s = setup();
  const { id } = await s.add("first", administrator);
  const operator: RoleGrant[] = [{ role: "operator", area: "hai-chau" }];
  const deeds = [
    () => s.accounts.setState(id, "disabled"),
    () => s.accounts.setState(id, "locked"),
    () => s.accounts.setGrants(id, operator),
    () => s.accounts.remove(id),
  ];
  for (const deed of deeds) expect(await reasonOf(deed)).toBe("last-administrator");
  expect(s.accounts.byId(id)).toMatchObject({ state: "active", grants: administrator });
  const second = await s.add("second", administrator);
  s.accounts.setState(second.id, "locked");
  expect(await reasonOf(() => s.accounts.setState(id, "disabled"))).toBe("last-administrator");
  s.accounts.setState(second.id, "active");
  expect(s.accounts.setGrants(id, operator)).toMatchObject({ grants: operator });
  expect(await reasonOf(() => s.accounts.remove(second.id))).toBe("last-administrator");
  expect(s.accounts.remove(id)).toBe(true);
  expect([s.accounts.remove(id), s.accounts.setState(id, "locked")]).toEqual([false, null]);
});

test("a session lasts over a restart, until it was idle too long or a shift is over", async () => {
  using s = setup();
  const { id } = await s.add("hoa");
  const { token, session } = s.sessions.start(id, from);
  expect(token).toMatch(/^[\w-]{43}$/);
  const again = openDatabase(s.file);
  expect(openSessions(again, { now: () => T0 }).verify(token)).toEqual(session);
  again.close();
  for (s.clock.now = T0; s.clock.now < T0 + 12 * hour; s.clock.now += 59 * minute) {
    expect(s.sessions.verify(token)).toMatchObject({ id: session.id, lastUsedAt: s.clock.now });
  }
  s.clock.now = T0 + 12 * hour;
  expect(s.sessions.verify(token)).toBeNull();
  const idle = s.sessions.start(id, from).token;
  s.clock.now += hour;
  expect(s.sessions.verify(idle)).toBeNull();
  expect(s.sessions.list(id)).toEqual([]);
  for (const wrong of ["", "x", `${idle}A`, idle.toLowerCase()]) expect(s.sessions.verify(wrong)).toBeNull();
});

test("a file that cannot be written at the moment makes no session invalid", async () => {
  using s = setup();
  const { token } = s.sessions.start((await s.add("hoa")).id, from);
  s.db.pragma("busy_timeout = 0");
  const holder = openDatabase(s.file);
  holder.exec("BEGIN IMMEDIATE");
  s.clock.now += minute;
  expect(s.sessions.verify(token)).toMatchObject({ lastUsedAt: T0 });
  holder.exec("ROLLBACK");
  holder.close();
  s.clock.now += minute;
  expect(s.sessions.verify(token)).toMatchObject({ lastUsedAt: T0 + 2 * minute });
});

test("sessions end when they are revoked, replaced, or the account is stopped, removed or has another password", async () => {
  using s = setup();
  const { id } = await s.add("hoa");
  const minh = await s.add("minh");
  const start = (replaced?: string) => s.sessions.start(id, from, replaced);
  const first = start();
  expect(s.sessions.revoke(minh.id, first.session.id)).toBe(false);
  expect(s.sessions.verify(first.token)).not.toBeNull();
  expect(s.sessions.revoke(id, first.session.id)).toBe(true);
  expect(s.sessions.verify(first.token)).toBeNull();
  const second = start();
  const third = start(second.token);
  expect(s.sessions.verify(second.token)).toBeNull();
  expect(s.sessions.list(id)).toEqual([third.session]);
  expect(await s.accounts.setPassword(id, other)).toBe(true);
  expect(s.sessions.verify(third.token)).toBeNull();
  expect(await s.accounts.check("hoa", password)).toBeNull();
  expect(await s.accounts.check("hoa", other)).not.toBeNull();
  const fourth = start();
  s.accounts.setState(id, "locked");
  expect(await s.accounts.check("hoa", other)).toBeNull();
  s.accounts.setState(id, "active");
  expect(s.sessions.verify(fourth.token)).toBeNull();
  const fifth = start();
  s.accounts.remove(id);
  expect(s.sessions.verify(fifth.token)).toBeNull();
  const many = Array.from({ length: 21 }, () => s.sessions.start(minh.id, from));
  expect(s.sessions.list(minh.id)).toHaveLength(20);
  expect(s.sessions.verify(many[0]!.token)).toBeNull();
});

test("a flood of sign-ins is refused as busy, does not count as guessing, and is over afterwards", async () => {
  using s = setup();
  await s.add("hoa");
  const flood = Array.from({ length: 30 }, (_, i) => s.signIn(`nobody${i}`, password, `10.0.1.${i}`));
  await expect(s.signIn("hoa", password, "10.0.0.2")).rejects.toBeInstanceOf(HashingBusy);
  for (let i = 0; i < 10; i++) await expect(s.signIn("hoa", "wrong", "10.0.0.2")).rejects.toThrow("too many");
  const outcomes = await Promise.allSettled(flood);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(22);
  expect(await s.signIn("hoa", password, "10.0.0.2")).toMatchObject({ outcome: "signed-in" });
  expect(await s.signIn("nobody", password, "10.0.0.2")).toEqual({ outcome: "refused" });
});

test("who guesses is slowed down more and more, and nobody is locked out for good", async () => {
  using s = setup();
  await s.add("hoa");
  const guess = () => s.signIn("HOA", "a wrong password, of course", "10.0.0.9");
  // Sent at once, so that none sees what came of another.
  const burst = await Promise.all(Array.from({ length: 8 }, guess));
  expect(burst.map(({ outcome }) => outcome)).toEqual([
    ...Array.from({ length: 5 }, () => "refused"),
    ...Array.from({ length: 3 }, () => "wait"),
  ]);
  // From anywhere, with the right password too; a name that nobody has is treated the same.
  expect(await s.signIn("hoa", password, "10.0.0.2")).toEqual({ outcome: "wait", seconds: 30 });
  const waits: number[] = [];
  for (let i = 0; i < 7; i++) {
    const told = await guess();
    if (told.outcome !== "wait") throw new Error(told.outcome);
    waits.push(told.seconds);
    s.clock.now += told.seconds * 1000;
    expect(await guess()).toEqual({ outcome: "refused" });
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
  s.clock.now += 15 * minute;
  expect(await s.signIn("hoa", password, "10.0.0.2")).toMatchObject({ outcome: "signed-in" });
  expect(await s.signIn("hoa", "wrong again, but only once", "10.0.0.2")).toEqual({ outcome: "refused" });
});
