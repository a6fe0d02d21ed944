import { roles } from "@ioc/contracts";
import { randomPassword, type Accounts } from "@ioc/identity";

/** An account for trying the program out; its password is told once and kept only as a hash. */
export interface DemoAccount {
  userName: string;
  password: string;
}

/** One account for each role, where there are none at all; else nothing. */
export async function makeDemoAccounts(accounts: Pick<Accounts, "create" | "list">): Promise<DemoAccount[]> {
  if (accounts.list().length > 0) return [];
  const made = roles.map((role) => ({ role, userName: `demo-${role}`, password: randomPassword() }));
  for (const { role, userName, password } of made) {
    await accounts.create({ userName, displayName: `Demo ${role}`, grants: [{ role, area: null }], password });
  }
  return made.map(({ userName, password }) => ({ userName, password }));
}
