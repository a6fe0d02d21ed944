/** How failures of one subject slow down its next attempt. */
interface Schedule {
  /** Attempts that cost no time. */
  free: number;
  /** Delay after the first that is not free, ms; each further one doubles it. */
  first: number;
  most: number;
}

/**
 * Delays grow and end by themselves, so that nobody can be locked out for good (NIST SP 800-63B-4, 3.2.2, names growing waits as a
 * way to hold guessing down; the figures are ours). At the longest delay an account takes 96 guesses a day.
 */
const perAccount: Schedule = { free: 5, first: 30_000, most: 15 * 60_000 };
/** Many people may share an address, so it has more. */
const perAddress: Schedule = { free: 20, first: 30_000, most: 15 * 60_000 };
/** Failures are forgotten after so long without another. */
const forgetAfter = 24 * 3_600_000;
const largestTable = 20_000;

interface Failures {
  count: number;
  lastAt: number;
}

/** Holds back whoever fails to sign in, by account and by address. In memory: a restart forgets it. */
export interface SignInDelays {
  /** Counts an attempt and answers 0; or counts nothing and answers the seconds to wait. */
  take(userName: string, address: string): number;
  /** The attempt could not be checked: it does not count. */
  withdrawn(userName: string, address: string): void;
  /** The attempt was right: the account starts anew, the address gets back this one. */
  succeeded(userName: string, address: string): void;
}

/** @param now wall clock, ms */
export function createSignInDelays(now: () => number): SignInDelays {
  const accounts = new Map<string, Failures>();
  const addresses = new Map<string, Failures>();
  return {
    take(userName, address) {
      const wait = Math.max(
        waitOf(accounts.get(userName), perAccount, now()),
        waitOf(addresses.get(address), perAddress, now()),
      );
      if (wait > 0) return Math.ceil(wait / 1000);
      // Counted before the password is checked: attempts sent at once do not slip through together.
      count(accounts, userName, now());
      count(addresses, address, now());
      return 0;
    },
    withdrawn(userName, address) {
      giveBack(accounts, userName);
      giveBack(addresses, address);
    },
    succeeded(userName, address) {
      accounts.delete(userName);
      giveBack(addresses, address);
    },
  };
}

function giveBack(table: ReadonlyMap<string, Failures>, key: string): void {
  const known = table.get(key);
  if (known && known.count > 0) known.count -= 1;
}

function waitOf(failures: Failures | undefined, { free, first, most }: Schedule, now: number): number {
  if (!failures || failures.count < free || now - failures.lastAt >= forgetAfter) return 0;
  const delay = Math.min(most, first * 2 ** (failures.count - free));
  return Math.max(0, failures.lastAt + delay - now);
}

function count(table: Map<string, Failures>, key: string, now: number): void {
  const known = table.get(key);
  const before = known && now - known.lastAt < forgetAfter ? known.count : 0;
  // Newest last, so that the table forgets whoever was quiet for longest.
  table.delete(key);
  table.set(key, { count: before + 1, lastAt: now });
  if (table.size > largestTable) table.delete(table.keys().next().value ?? key);
}
