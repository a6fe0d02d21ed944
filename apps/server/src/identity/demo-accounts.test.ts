import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { roles } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { makeDemoAccounts } from "./demo-accounts.ts";
import { openPeople } from "./people.ts";

test("a folder without accounts gets one for each role, told once and kept only as hashes", async () => {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  const people = openPeople(db, () => Date.UTC(2026, 9, 1));
  const made = await makeDemoAccounts(people.accounts);
  expect(made.map(({ userName }) => userName)).toEqual(roles.map((role) => `demo-${role}`));
  for (const { userName, password } of made) {
    expect(await people.signIn(userName, password, "10.0.0.1")).toMatchObject({ outcome: "signed-in" });
  }
  expect(await makeDemoAccounts(people.accounts)).toEqual([]);
  for (const name of readdirSync(folder.path)) {
    const bytes = readFileSync(join(folder.path, name));
    expect(made.some(({ password }) => bytes.includes(password))).toBe(false);
  }
  db.close();
});
