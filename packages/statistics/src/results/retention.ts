import type { LocalCalendar } from "@ioc/contracts";
import type { ResultStore } from "./result-store.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How long results are kept whole, then one an hour, then one a day. Project settings. */
export const resultAges = { whole: 8 * dayMs, hourly: 60 * dayMs, daily: 731 * dayMs } as const;

/** Hours and days that one step may thin. */
const slotsAStep = 24;

/**
 * Thins the history of results as it ages: of results older than eight days the last of each local hour stays, of those
 * older than sixty days the last of each local day, and after two years none but the newest of them.
 */
export class ResultRetention {
  private readonly store: Pick<ResultStore, "oldest" | "keepLast" | "forget">;
  private readonly calendar: LocalCalendar;
  /** Beginning of the first hour, and of the first day, that was not thinned yet; null before the first step. */
  private next: { hour: number; day: number } | null = null;

  constructor(store: Pick<ResultStore, "oldest" | "keepLast" | "forget">, calendar: LocalCalendar) {
    this.store = store;
    this.calendar = calendar;
  }

  /** Does some of what is due at `now` (city time, ms); to be called again and again, a call with nothing due costs nothing. */
  async step(now: number): Promise<void> {
    this.next ??= await this.firstSlots(now);
    const { next } = this;
    let left = slotsAStep;
    for (; left > 0 && next.hour + hourMs <= now - resultAges.whole; left--) {
      await this.store.keepLast(next.hour, next.hour + hourMs);
      next.hour += hourMs;
    }
    for (; left > 0; left--) {
      const end = this.calendar.addDays(next.day, 1);
      if (end > now - resultAges.hourly) return;
      await this.store.keepLast(next.day, end);
      await this.store.forget(this.calendar.dayStart(now - resultAges.daily));
      next.day = end;
    }
  }

  private async firstSlots(now: number): Promise<{ hour: number; day: number }> {
    const oldest = (await this.store.oldest()) ?? now;
    // What is forgotten need not be thinned by day before, nor what is thinned by day by hour.
    const day = this.calendar.dayStart(Math.max(Math.min(oldest, now - resultAges.hourly), now - resultAges.daily));
    const hour = Math.max(Math.min(oldest, now - resultAges.whole), now - resultAges.hourly - dayMs);
    const midnight = this.calendar.dayStart(hour);
    return { day, hour: midnight + Math.floor((hour - midnight) / hourMs) * hourMs };
  }
}
