import { datastreamId } from "@ioc/contracts";
import type { Network, Station } from "@ioc/contracts";
import type { ObservationReader } from "@ioc/observations";
import type { Contacts } from "../operators/operator.ts";

/** A gap of more periods than this in a station's fastest datastream is looked into: the others may have reported meanwhile. */
const restingPeriods = 2;
const secondMs = 1000;

/** A station with the datastreams that it is heard by, the fastest first. */
interface Heard {
  readonly station: string;
  readonly datastreams: readonly string[];
  readonly periodMs: number;
  /** Times at which it was heard, rising: the newest before the time that is played, and what is read of those after it. */
  times: number[];
  place: number;
}

/** When stations were heard, as it was known at the time that is played. */
export class ContactHistory implements Contacts {
  private readonly heard: Heard[];
  private readonly byStation: ReadonlyMap<string, Heard>;
  private readonly since: number;

  /** @param since since when silence counts, ms */
  constructor(network: Network, stations: readonly Station[], since: number) {
    const kinds = new Map(network.kinds.map((kind) => [kind.id, kind.properties]));
    this.since = since;
    this.heard = stations.map(({ id, kind }) => {
      const rising = (kinds.get(kind) ?? []).toSorted((a, b) => a.periodSeconds - b.periodSeconds);
      return {
        station: id,
        datastreams: rising.map((property) => datastreamId(id, property.id)),
        periodMs: (rising[0]?.periodSeconds ?? 0) * secondMs,
        times: [],
        place: 0,
      };
    });
    this.byStation = new Map(this.heard.map((one) => [one.station, one]));
  }

  /** Reads a piece of history, (from, to]: times of readings by datastream, rising. It counts once it is added. */
  async read(reader: Pick<ObservationReader, "raw">, from: number, to: number): Promise<Map<string, number[]>> {
    const fastest = await timesOf(
      reader,
      this.heard.flatMap(({ datastreams }) => datastreams.slice(0, 1)),
      from,
      to,
    );
    const doubtful = this.heard.filter(({ datastreams, periodMs }) =>
      hasGap(fastest.get(datastreams[0] ?? "") ?? [], from, to, restingPeriods * periodMs),
    );
    const others = await timesOf(
      reader,
      doubtful.flatMap(({ datastreams }) => datastreams.slice(1)),
      from,
      to,
    );
    return new Map([...fastest, ...others]);
  }

  /** Adds the next piece of history. */
  add(piece: ReadonlyMap<string, readonly number[]>): void {
    for (const one of this.heard) {
      const found = one.datastreams.flatMap((id) => piece.get(id) ?? []);
      const first = Math.max(0, one.place - 1);
      one.times = [...one.times.slice(first), ...found].sort((a, b) => a - b);
      one.place -= first;
    }
  }

  /** Lets time pass; it never runs backwards. */
  moveTo(now: number): void {
    for (const one of this.heard) {
      while (one.place < one.times.length && one.times[one.place]! <= now) one.place++;
    }
  }

  last(station: string): number | null {
    const one = this.byStation.get(station);
    return one?.times[one.place - 1] ?? null;
  }

  longestSilence(station: string, from: number, to: number): number {
    const one = this.byStation.get(station);
    if (!one) return Infinity;
    let last = one.times[one.place - 1] ?? this.since;
    let longest = 0;
    for (let place = one.place; place < one.times.length && last < to; place++) {
      const time = Math.min(to, one.times[place]!);
      if (time > from) longest = Math.max(longest, time - last);
      last = one.times[place]!;
    }
    return last < to ? Math.max(longest, to - last) : longest;
  }

  watchingSince(): number {
    return this.since;
  }
}

/** Doubtful readings count too: a station that sends nonsense is heard. */
async function timesOf(
  reader: Pick<ObservationReader, "raw">,
  datastreams: readonly string[],
  from: number,
  to: number,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  if (datastreams.length === 0) return times;
  const rows = await reader.raw({ datastreams, from, to, validOnly: false });
  let id = "";
  let series: number[] = [];
  for (let i = 0; i < rows.time.length; i++) {
    if (rows.datastream[i] !== id) {
      id = rows.datastream[i]!;
      times.set(id, (series = times.get(id) ?? []));
    }
    series.push(rows.time[i]!);
  }
  return times;
}

/** The silence at an edge of the piece may go on as long in the neighbouring one. */
function hasGap(times: readonly number[], from: number, to: number, longest: number): boolean {
  let last = from - longest / 2;
  for (const time of times) {
    if (time - last > longest) return true;
    last = time;
  }
  return to + longest / 2 - last > longest;
}
