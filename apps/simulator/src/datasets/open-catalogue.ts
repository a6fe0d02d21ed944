import { durationMs } from "@ioc/contracts";
import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import { chooser } from "./draws.ts";

const catalogueAnchors = z.object({
  press: z.object({ open_by: z.record(z.iso.date(), z.number()) }),
  assumed: z.object({
    begin: z.iso.date(),
    open_at_begin: z.number(),
    open_per_month_later: z.number(),
    conditional_per_100_open: z.number(),
    late_starters: z.record(z.string(), z.iso.date()),
    subjects: z.record(z.string(), z.record(z.string(), z.array(z.string()).min(1))),
  }),
});
type Anchors = z.infer<typeof catalogueAnchors>;

export interface OpenDataset {
  id: string;
  title: string;
  agency: string;
  group: string;
  open: boolean;
  /** Local day of publication. */
  day: number;
  frequency: string;
  /** Chance that an update is left out. */
  neglect: number;
}

const frequencies = chooser<string>([
  ["P1D", 4],
  ["P7D", 4],
  ["P1M", 24],
  ["P3M", 24],
  ["P6M", 12],
  ["P1Y", 32],
]);
const dayOf = (date: string): number => Date.parse(date) / dayMs;

/** The growing list of published datasets: exactly as many open ones by each known date as the press says. */
export class OpenCatalogue {
  readonly #city: PlayedCity;
  readonly #anchors: Anchors;
  readonly #points: { day: number; count: number }[];
  readonly #list: OpenDataset[] = [];
  readonly #counts = new Map<string, number>();
  readonly #begun = new Set<string>();
  #open = 0;

  /** @throws {AnchorError} when the pack does not say what is needed */
  constructor(city: PlayedCity) {
    this.#city = city;
    this.#anchors = city.anchors("open-data-catalogue", catalogueAnchors);
    const { press, assumed } = this.#anchors;
    const known = Object.entries(press.open_by).map(([date, count]) => ({ day: dayOf(date), count }));
    this.#points = [{ day: dayOf(assumed.begin), count: assumed.open_at_begin }, ...known].toSorted(
      (a, b) => a.day - b.day,
    );
  }

  /** Datasets that are out by the end of a local day, in the order of publication. */
  until(day: number): readonly OpenDataset[] {
    for (let next = this.#dayOfOpen(this.#open + 1); next <= day; next = this.#dayOfOpen(this.#open + 1)) {
      this.#open += 1;
      this.#publish(this.#open, next);
    }
    const after = this.#list.findIndex((dataset) => dataset.day > day);
    return after < 0 ? this.#list : this.#list.slice(0, after);
  }

  /** When the k-th open dataset came out, local day. */
  #dayOfOpen(k: number): number {
    const first = this.#points[0];
    if (!first || k <= first.count) return first?.day ?? 0;
    for (let i = 1; i < this.#points.length; i += 1) {
      const [from, to] = [this.#points[i - 1], this.#points[i]];
      if (!from || !to || k > to.count) continue;
      return from.day + Math.ceil(((k - from.count) * (to.day - from.day)) / (to.count - from.count));
    }
    const last = this.#points.at(-1) ?? first;
    return last.day + Math.ceil(((k - last.count) * 30.44) / this.#anchors.assumed.open_per_month_later);
  }

  #publish(k: number, day: number): void {
    const { conditional_per_100_open: share } = this.#anchors.assumed;
    this.#list.push(this.#describe(`od-${String(k).padStart(4, "0")}`, day, true));
    const before = Math.floor(((k - 1) * share) / 100);
    const now = Math.floor((k * share) / 100);
    if (now > before) this.#list.push(this.#describe(`od-c-${String(now).padStart(4, "0")}`, day, false));
  }

  #describe(id: string, day: number, open: boolean): OpenDataset {
    const { assumed } = this.#anchors;
    const next = this.#city.stream(0, "open-dataset", id);
    const ready = Object.keys(assumed.subjects).filter(
      (agency) => dayOf(assumed.late_starters[agency] ?? assumed.begin) <= day,
    );
    const fresh = open ? ready.find((agency) => !this.#begun.has(agency)) : undefined;
    const weighted = chooser(
      ready.map((agency) => [agency, Object.values(assumed.subjects[agency] ?? {}).flat().length]),
    );
    const agency = fresh ?? weighted(next()) ?? "";
    if (fresh !== undefined) this.#begun.add(fresh);
    const subjects = Object.entries(assumed.subjects[agency] ?? {}).flatMap(([group, texts]) =>
      texts.map((text) => ({ group, text })),
    );
    const number = this.#counts.get(agency) ?? 0;
    this.#counts.set(agency, number + 1);
    const subject = subjects[number % subjects.length] ?? { group: "", text: id };
    const round = Math.floor(number / subjects.length);
    const frequency = fresh === undefined ? (frequencies(next()) ?? "P1M") : "P1M";
    return {
      id,
      title: round === 0 ? subject.text : `${subject.text} - ${this.#variant(round - 1, day)}`,
      agency,
      group: subject.group,
      open,
      day,
      frequency,
      // People forget; a machine that sends every day or week seldom misses one.
      neglect: frequency === "P1D" || frequency === "P7D" ? 0.0005 : fresh === undefined && next() < 0.09 ? 0.6 : 0.025,
    };
  }

  /** The n-th further form of a subject: of one unit after the other, then by year. */
  #variant(n: number, day: number): string {
    const { network } = this.#city.world;
    const area = this.#city.areas[n];
    const known = network.areas.find(({ scheme, id }) => scheme === network.scheme && id === area?.id);
    if (known) return `${known.type.vi} ${known.name.vi}`;
    return `${this.#city.calendar.year(day)} (${n - this.#city.areas.length + 1})`;
  }

  /** When a dataset was updated last, ms: on its rhythm, a little late, with updates left out. */
  updatedAt(dataset: OpenDataset, at: number): number {
    const { stream, published, every } = this.#rhythm(dataset);
    for (let n = Math.floor((at - published) / every); n > 0; n -= 1) {
      const next = stream(n);
      const left = next() < dataset.neglect;
      const time = published + n * every + Math.round((0.12 * next() ** 2 * every) / 60_000) * 60_000;
      if (!left && time <= at) return time;
    }
    return published;
  }

  #rhythm(dataset: OpenDataset): { stream(n: number): () => number; published: number; every: number } {
    return {
      stream: (n) => this.#city.stream(n, "update", dataset.id),
      published: this.#city.at(dataset.day, 9),
      every: durationMs(dataset.frequency) ?? 30 * dayMs,
    };
  }
}
