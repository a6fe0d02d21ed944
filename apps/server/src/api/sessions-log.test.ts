import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { openPeople } from "../identity/people.ts";
import { createLog } from "../log.ts";
import { testPassword } from "../testing/people.ts";
import type { Reply } from "./handlers.ts";
import { sessionHandlers } from "./sessions.ts";

test("the log tells who signs in and out and who is refused, and no password, also not one typed as a name", async () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  const people = openPeople(db, Date.now);
  const grants = [{ role: "operator", area: null } as const];
  await people.accounts.create({ userName: "hoa", displayName: "Hoa", grants, password: testPassword });
  const lines: string[] = [];
  const log = createLog({ format: "text", level: "info" }, (line) => lines.push(line.slice(25)));
  const handlers = sessionHandlers(people, Date.now, log);
  const callOf = <B>(body: B, headers: Record<string, string> = {}) => {
    return { params: {}, query: {}, body, url: "/api/v1/session", headers, address: "10.0.0.1", secure: false };
  };
  const signIn = async (userName: string, password: string) =>
    handlers.postSession(callOf({ userName, password })) as Promise<Reply<unknown>>;
  const wrong = "another one than the right one";
  await expect(signIn("hoa", wrong)).rejects.toThrow("is wrong");
  await expect(signIn(testPassword, "hoa")).rejects.toThrow("is wrong");
  const cookie = (await signIn("HOA", testPassword)).headers["Set-Cookie"]?.split(";", 1)[0] ?? "";
  const changed = (await handlers.postPassword(
    callOf({ current: testPassword, password: wrong }, { cookie }),
  )) as Reply<unknown>;
  const next = changed.headers["Set-Cookie"]?.split(";", 1)[0] ?? "";
  await handlers.deleteSession(callOf(undefined, { cookie: next }));
  expect(lines).toEqual([
    "warn  session    sign-in refused user=hoa address=10.0.0.1\n",
    "warn  session    sign-in refused user=(unknown) address=10.0.0.1\n",
    "info  session    signed in user=hoa address=10.0.0.1\n",
    "info  session    password changed user=hoa address=10.0.0.1\n",
    "info  session    signed out user=hoa address=10.0.0.1\n",
  ]);
  db.close();
});
