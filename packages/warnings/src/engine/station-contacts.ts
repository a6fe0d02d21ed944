import type { Contacts } from "../operators/operator.ts";

/** ms after the start at which silence of the whole network counts too. */
const patience = 3_600_000;

interface Contact {
  readonly station: string;
  at: number;
}

/** When each station was heard last. */
export class StationContacts implements Contacts {
  private readonly heard = new Map<string, Contact>();
  private readonly byDatastream = new Map<string, Contact>();
  private readonly startedAt: number;
  private since: number | null = null;

  constructor(startedAt: number) {
    this.startedAt = startedAt;
  }

  last(station: string): number | null {
    return this.heard.get(station)?.at ?? null;
  }

  watchingSince(): number | null {
    return this.since;
  }

  /** Takes note of a reading. Answers the station when it is news of it. A clock that runs ahead does not reach past `now`. */
  hear(datastream: string, time: number, now: number): string | null {
    const at = Math.min(time, now);
    const contact = this.byDatastream.get(datastream) ?? this.contactOf(datastream);
    if (contact.at >= at) return null;
    contact.at = at;
    return contact.station;
  }

  private contactOf(datastream: string): Contact {
    const station = stationOf(datastream);
    const contact = this.heard.get(station) ?? { station, at: -Infinity };
    this.heard.set(station, contact);
    this.byDatastream.set(datastream, contact);
    return contact;
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

/** Datastream ids are `<station>:<property>`. */
function stationOf(datastream: string): string {
  const colon = datastream.indexOf(":");
  return colon < 0 ? datastream : datastream.slice(0, colon);
}
