import type { Database } from "@ioc/database";
import { createSignIn, createSignInDelays, openAccounts, openSessions } from "@ioc/identity";
import type { Account, Accounts, Session, Sessions, SignIn } from "@ioc/identity";
import type { KnownHolder } from "../api/keys.ts";
import { rightsOf } from "./role-scopes.ts";

/** The people of an installation and who of them is signed in. */
export interface People {
  accounts: Accounts;
  sessions: Sessions;
  signIn: SignIn;
  /** The session of a token and its owner; null when it is not valid. */
  signedIn(token: string): { session: Session; account: Account } | null;
  /** The same as rights, under the name that is noted of what they do. */
  holderOf(token: string): KnownHolder | null;
}

/** @param now wall clock, ms */
export function openPeople(city: Database, now: () => number): People {
  const accounts = openAccounts(city, { now });
  const sessions = openSessions(city, { now });
  const signedIn: People["signedIn"] = (token) => {
    const session = sessions.verify(token);
    const account = session && accounts.byId(session.account);
    return account ? { session, account } : null;
  };
  return {
    accounts,
    sessions,
    signIn: createSignIn(accounts, createSignInDelays(now)),
    signedIn,
    holderOf(token) {
      const account = signedIn(token)?.account;
      return account ? { name: nameOf(account), ...rightsOf(account.grants) } : null;
    },
  };
}

/** The user name makes it unique: two people may have the same name, and a key may be named like a person. */
function nameOf({ displayName, userName }: Account): string {
  return `${displayName} (${userName})`;
}
