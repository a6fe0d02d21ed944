import type { Contacts } from "../operators/operator.ts";

/** ms after the start at which silence of the whole network counts too. */
const patience = 3_600_000;

/** When each station was heard last. */
export class StationContacts implements Contacts {
  private readonly heard = new Map<string, number>();
  private readonly startedAt: number;
  private since: number | null = null;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  last(station: string): number | null {
    return this.heard.get(station) ?? null;
  }

  watchingSince(): number | null {
    return this.since;
  }

  /** Takes note of a reading. True when it is news of the station. A clock that runs ahead does not reach past `now`. */
  hear(station: string, time: number, now: number): boolean {
    const at = Math.min(time, now);
    const before = this.heard.get(station);
    if (before !== undefined && before >= at) return false;
    this.heard.set(station, at);
    return true;
  }

  /**
   * Watching begins with the first reading that arrives after the start, whoever sends it: before that the feed is not
   * connected. When nothing arrives at all it begins an hour after the start.
   */
  arrived(now: number): void {
    this.since ??= now;
  }

  passed(now: number): void {
    if (this.since === null && now - this.startedAt >= patience) this.since = this.startedAt + patience;
  }
}
