import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { role, roles, type RoleGrant } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openAccounts, randomPassword, type Account, type Accounts, type AccountState } from "@ioc/identity";

const usage = `usage: ioc user list
       ioc user add NAME --name "FULL NAME" --role ROLE[@AREA]... [--password-stdin]
       ioc user roles NAME --role ROLE[@AREA]...
       ioc user password NAME [--password-stdin]
       ioc user enable | lock | disable NAME
     [--data-dir DIR]
  roles: ${roles.join(", ")}; in the whole city, or in an area (its id) of the scheme in use
  A password is made and shown once, or read from the standard input.
`;

interface Options {
  name?: string | undefined;
  role?: string[] | undefined;
  "password-stdin"?: boolean | undefined;
}

/** Where it writes. */
interface Told {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** Called wrongly; the text says how. */
class Misuse extends Error {}

const states: Readonly<Record<string, AccountState>> = { enable: "active", lock: "locked", disable: "disabled" };

/** `ioc user`: people of a data folder, whether its server runs or not; changes count at once. Answers the exit code. */
export async function userCommand(args: readonly string[], told: Told = process): Promise<number> {
  const options = {
    name: { type: "string" },
    role: { type: "string", multiple: true },
    "password-stdin": { type: "boolean" },
    "data-dir": { type: "string" },
  } as const;
  try {
    const { positionals, values } = parse(args, options);
    const folder = resolve(values["data-dir"] ?? process.env["IOC_DATA_DIR"] ?? "./data");
    const db = openDatabase(join(folder, "city.db"));
    try {
      told.stdout.write(await run(openAccounts(db), positionals, values));
    } finally {
      db.close();
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Misuse)) throw error;
    told.stderr.write(`${error.message}${usage}`);
    return 2;
  }
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>["options"]>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n`);
  }
}

/** Answers what to tell. */
async function run(accounts: Accounts, [verb = "", who, more]: readonly string[], options: Options): Promise<string> {
  if (verb === "list" && who === undefined) return accounts.list().map(lineOf).join("");
  if (who === undefined || more !== undefined) throw new Misuse("");
  if (verb === "add") {
    const { told, password } = passwordOf(options);
    const grants = grantsOf(options);
    return lineOf(await accounts.create({ userName: who, displayName: options.name ?? who, grants, password })) + told;
  }
  const { id, userName } = known(accounts, who);
  const state = states[verb];
  if (state !== undefined) return lineOf(accounts.setState(id, state));
  if (verb === "roles") return lineOf(accounts.setGrants(id, grantsOf(options)));
  if (verb !== "password") throw new Misuse("");
  const { told, password } = passwordOf(options);
  await accounts.setPassword(id, password);
  return `${userName} has another password; all sessions are ended\n${told}`;
}

function known(accounts: Accounts, userName: string): Account {
  const account = accounts.byUserName(userName);
  if (!account) throw new Error(`there is no user ${userName}`);
  return account;
}

function grantsOf({ role: given = [] }: Options): RoleGrant[] {
  if (given.length === 0) throw new Misuse("at least one --role is needed\n");
  return given.map((text) => {
    const [name = "", area = null] = text.split("@", 2);
    const parsed = role.safeParse(name);
    if (!parsed.success) throw new Misuse(`"${name}" is no role\n`);
    return { role: parsed.data, area };
  });
}

function passwordOf(options: Options): { password: string; told: string } {
  if (options["password-stdin"]) return { password: readFileSync(0, "utf8").replace(/\r?\n$/, ""), told: "" };
  const password = randomPassword();
  return { password, told: `password, shown this once: ${password}\n` };
}

function lineOf(account: Account | null): string {
  if (!account) return "";
  const places = account.grants.map(({ role, area }) => (area === null ? role : `${role}@${area}`));
  return `${account.userName.padEnd(24)}  ${account.state.padEnd(8)}  ${places.join(",")}  ${account.displayName}\n`;
}
