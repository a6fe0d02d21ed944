import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { openDatabase } from "@ioc/database";
import { openApiKeys, type ApiKeys } from "@ioc/identity";
import { keyScopes } from "@ioc/server";

const usage = `usage: ioc key create NAME [--scope SCOPE]... | list | revoke ID   [--data-dir DIR]
  scopes: ${keyScopes.join(", ")} (observations:write unless given)
`;

/** `ioc key`: makes, lists and revokes API keys of a data folder, whether its server runs or not. Answers the exit code. */
export function keyCommand(args: readonly string[]): number {
  const options = { scope: { type: "string", multiple: true }, "data-dir": { type: "string" } } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const { positionals, values } = parsed;
  const folder = resolve(values["data-dir"] ?? process.env["IOC_DATA_DIR"] ?? "./data");
  const db = openDatabase(join(folder, "city.db"));
  try {
    return run(openApiKeys(db), positionals, values.scope ?? ["observations:write"]);
  } finally {
    db.close();
  }
}

function run(keys: ApiKeys, [verb, given, more]: readonly string[], scopes: readonly string[]): number {
  if (verb === "create" && given !== undefined && more === undefined) return create(keys, given, scopes);
  if (verb === "list" && given === undefined) return list(keys);
  if (verb === "revoke" && given !== undefined && more === undefined) {
    const revoked = keys.revoke(Number(given));
    process.stdout.write(revoked ? `key ${given} is revoked\n` : `there is no valid key ${given}\n`);
    return revoked ? 0 : 1;
  }
  process.stderr.write(usage);
  return 2;
}

function create(keys: ApiKeys, name: string, scopes: readonly string[]): number {
  const unknown = scopes.find((scope) => !(keyScopes as readonly string[]).includes(scope));
  if (unknown !== undefined) {
    process.stderr.write(`"${unknown}" is no scope; one of: ${keyScopes.join(", ")}\n`);
    return 2;
  }
  const { key, record } = keys.create(name, scopes);
  process.stdout.write(`key ${record.id} "${name}" (${scopes.join(", ")}), shown this once:\n${key}\n`);
  return 0;
}

function list(keys: ApiKeys): number {
  for (const key of keys.list()) {
    const used = key.lastUsedAt === null ? "never used" : `last used ${new Date(key.lastUsedAt).toISOString()}`;
    const state = key.revokedAt === null ? used : `revoked ${new Date(key.revokedAt).toISOString()}`;
    process.stdout.write(
      `${String(key.id).padStart(4)}  ${key.prefix}…  ${key.scopes.join(",")}  ${key.name}  ${state}\n`,
    );
  }
  return 0;
}
