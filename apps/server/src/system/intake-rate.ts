/** Readings taken in, by real time: a second for the rate of now, a minute for the last hour. */
export interface IntakeRate {
  add(count: number): void;
  /** A second over the last minute, in steps of one second. */
  perSecond(): number;
  /** The last hour by whole minutes, oldest first; a minute before the start of the program is null. */
  lastHour(): { end: number; perSecond: number | null }[];
}

const minuteMs = 60_000;
const minutes = 60;

/** @param wallNow Real time, ms. */
export function createIntakeRate(wallNow: () => number): IntakeRate {
  const seconds = createRing(60, 1000, wallNow);
  const byMinute = createRing(minutes + 1, minuteMs, wallNow);
  return {
    add(count) {
      seconds.add(count);
      byMinute.add(count);
    },
    perSecond() {
      const { counts, newest, first } = seconds.read();
      const span = Math.min(counts.length, Math.max(1, newest - first + 1));
      return Math.round((counts.reduce((sum, count) => sum + count, 0) / span) * 10) / 10;
    },
    lastHour() {
      const { newest, first, at } = byMinute.read();
      return Array.from({ length: minutes }, (_, i) => {
        const minute = newest - minutes + i;
        const end = (minute + 1) * minuteMs;
        // The minute of the start is not whole.
        return { end, perSecond: minute <= first ? null : Math.round((at(minute) / 60) * 10) / 10 };
      });
    },
  };
}

/** Counts of the newest `length` steps of time. */
function createRing(length: number, stepMs: number, wallNow: () => number) {
  const counts = new Float64Array(length);
  const first = Math.floor(wallNow() / stepMs);
  let newest = first;
  const advance = () => {
    const now = Math.floor(wallNow() / stepMs);
    for (let step = Math.max(newest, now - length) + 1; step <= now; step++) counts[step % length] = 0;
    newest = Math.max(newest, now);
  };
  return {
    add(count: number) {
      advance();
      const slot = newest % length;
      counts[slot] = (counts[slot] ?? 0) + count;
    },
    read() {
      advance();
      return { counts, newest, first, at: (step: number) => counts[step % length] ?? 0 };
    },
  };
}
