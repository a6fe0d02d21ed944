import { join } from "node:path";
import { sessionState, type RoleGrant } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { openAccounts, type Account, type Accounts } from "@ioc/identity";
import type { startTestServer } from "./start-test-server.ts";

export const testPassword = "mưa ngập đường Trần Quý Cáp";

/** What a browser holds of a session. */
export interface Browser {
  /** `name=token` */
  cookie: string;
  csrf: string;
}

/** Does something with the accounts of a data folder, whether its server runs or not. */
export async function withAccounts<T>(dataDir: string, doing: (accounts: Accounts) => T | Promise<T>): Promise<T> {
  const db = openDatabase(join(dataDir, "city.db"));
  try {
    return await doing(openAccounts(db));
  } finally {
    db.close();
  }
}

/** A person named Lê Thị Hoa with {@link testPassword}. */
export async function addPerson(dataDir: string, userName: string, grants: RoleGrant[]): Promise<Account> {
  const displayName = "Lê Thị Hoa";
  return withAccounts(dataDir, (accounts) =>
    accounts.create({ userName, displayName, grants, password: testPassword }),
  );
}

/** Signs in with {@link testPassword} and keeps what a browser would keep. */
export async function browserOf(
  { send }: Pick<Awaited<ReturnType<typeof startTestServer>>, "send">,
  userName: string,
): Promise<Browser> {
  const answer = await send("POST", "/api/v1/session", { userName, password: testPassword });
  if (answer.status !== 200) throw new Error(answer.text);
  const cookie = answer.headers.get("set-cookie")?.split(";", 1)[0] ?? "";
  return { cookie, csrf: sessionState.parse(answer.json()).csrfToken ?? "" };
}
