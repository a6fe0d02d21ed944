import { foldUserName, type Account, type Accounts } from "./accounts.ts";
import { longestPassword } from "./password-rules.ts";
import type { SignInDelays } from "./sign-in-delays.ts";

export type SignInOutcome =
  | { outcome: "signed-in"; account: Account }
  /** Wrong name, wrong password, locked or disabled: nobody is told which. */
  | { outcome: "refused" }
  | { outcome: "wait"; seconds: number };

/** Checks a name and a password, at the pace that earlier failures leave. */
export type SignIn = (userName: string, password: string, address: string) => Promise<SignInOutcome>;

/** The returned function throws {@link HashingBusy}. */
export function createSignIn(accounts: Pick<Accounts, "check">, delays: SignInDelays): SignIn {
  /** Longer than any password is: not worth a hash. */
  const check = async (name: string, password: string) =>
    password.length > 2 * longestPassword ? null : accounts.check(name, password);
  return async (userName, password, address) => {
    const name = foldUserName(userName);
    const seconds = delays.take(name, address);
    if (seconds > 0) return { outcome: "wait", seconds };
    const account = await check(name, password).catch((error: unknown) => {
      delays.withdrawn(name, address);
      throw error;
    });
    if (!account) return { outcome: "refused" };
    delays.succeeded(name, address);
    return { outcome: "signed-in", account };
  };
}
