import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import { openAccounts } from "@ioc/identity";
import { temporaryFolder } from "@ioc/testkit";
import { userCommand } from "./user.ts";

async function user(folder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: "", err: "" };
  const code = await userCommand([...args, "--data-dir", folder], {
    stdout: { write: (text) => (told.out += text) },
    stderr: { write: (text) => (told.err += text) },
  });
  return { code, ...told };
}

test("people are added, listed without their password, and changed", async () => {
  using folder = temporaryFolder();
  const at = folder.path;
  const made = await user(at, "add", "Root", "--name", "Trần Văn An", "--role", "administrator");
  expect(made).toMatchObject({ code: 0, err: "" });
  const password = /shown this once: (\S{20})\n/.exec(made.out)?.[1] ?? "";
  await user(at, "add", "hoa", "--role", "operator@hai-chau", "--role", "leader");
  expect((await user(at, "disable", "hoa")).code).toBe(0);
  const { out } = await user(at, "list");
  expect(out).toMatch(/^hoa +disabled +operator@hai-chau,leader +hoa\nroot +active +administrator +Trần Văn An\n$/);
  const db = openDatabase(join(at, "city.db"));
  const accounts = openAccounts(db);
  expect(await accounts.check("root", password)).toMatchObject({ displayName: "Trần Văn An" });
  const next = /shown this once: (\S{20})\n/.exec((await user(at, "password", "root")).out)?.[1] ?? "";
  expect(await accounts.check("root", password)).toBeNull();
  expect(await accounts.check("root", next)).not.toBeNull();
  db.close();
});

test("what cannot be is refused and changes nothing", async () => {
  using folder = temporaryFolder();
  const at = folder.path;
  await user(at, "add", "root", "--role", "administrator");
  const before = (await user(at, "list")).out;
  await expect(user(at, "roles", "root", "--role", "operator@hai-chau")).rejects.toThrow("last active administrator");
  await expect(user(at, "disable", "root")).rejects.toThrow("last active administrator");
  await expect(user(at, "lock", "nobody")).rejects.toThrow("there is no user nobody");
  await expect(user(at, "add", "root", "--role", "editor")).rejects.toThrow("there is a user root already");
  for (const wrong of [["add", "x"], ["add", "xyz", "--role", "king"], ["dance", "root"], ["list", "--colour"], []]) {
    expect(await user(at, ...wrong), wrong.join(" ")).toMatchObject({
      code: 2,
      out: "",
      err: expect.stringContaining("usage: ioc user list") as string,
    });
  }
  expect((await user(at, "list")).out).toBe(before);
});
