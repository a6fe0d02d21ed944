import type { DatasetDefinition } from "@ioc/contracts";
import { createCityIso } from "@ioc/contracts";
import { z } from "zod";
import { keyOf, stream, uniform } from "../random/keyed.ts";
import { newYearWeek } from "../stations/new-year.ts";
import type { Calendar } from "../world/calendar.ts";
import { dayMs, hourMs } from "../world/calendar.ts";
import type { Place } from "../world/geometry.ts";
import type { World } from "../world/world.ts";
import type { PlayedArea, Reporting } from "./areas.ts";
import { playedAreas, reportingAreas } from "./areas.ts";
import { chooser, normal, round } from "./draws.ts";

/** The anchors of a dataset are not what its generator needs. */
export class AnchorError extends Error {}

const holidayTable = z.object({ days: z.array(z.string()) });

/** What the played agencies know: units, people, days, the pack's definitions. */
export class PlayedCity {
  readonly world: World;
  readonly seed: number;
  readonly calendar: Calendar;
  /** Narrowest units with people. */
  readonly areas: readonly PlayedArea[];
  /** People of all units. */
  readonly people: number;
  /** Code of the city as a whole. */
  readonly cityArea: string;
  /** Middle of the city. */
  readonly center: Place;
  /** ISO 8601 of an instant with the city's offset. */
  readonly iso: (time: number) => string;
  /** Draws an area by its people. */
  readonly areaByPeople: (uniform: number) => PlayedArea | undefined;
  /** Draws an area by people and by how much of a city it is. */
  readonly areaByCity: (uniform: number) => PlayedArea | undefined;
  /** Earliest instant that the state of the world can be asked for, ms. */
  readonly worldFrom: number;
  readonly #newYear: (day: number) => number;
  readonly #holidays: ReadonlySet<string>;
  readonly #rain = new Map<number, number>();

  constructor(world: World, worldFrom: number) {
    const { network, seed, calendar } = world;
    this.world = world;
    this.worldFrom = worldFrom;
    this.seed = seed;
    this.calendar = calendar;
    this.iso = createCityIso(network.timezone);
    this.areas = playedAreas(network);
    this.people = this.areas.reduce((sum, { people }) => sum + people, 0);
    const whole = network.areas.find(({ scheme, level }) => scheme === network.scheme && level === "city");
    this.cityArea = whole?.id ?? "city";
    this.center = { lat: whole?.center?.[0] ?? 0, lon: whole?.center?.[1] ?? 0 };
    this.areaByPeople = chooser(this.areas.map((area) => [area, area.people]));
    this.areaByCity = chooser(this.areas.map((area) => [area, area.people * (0.3 + area.urban)]));
    this.#newYear = newYearWeek(world);
    this.#holidays = new Set(holidayTable.safeParse(network.reference["public_holidays"]).data?.days);
  }

  definition(id: string): DatasetDefinition | undefined {
    return this.world.network.datasets.find((definition) => definition.id === id);
  }

  /** Ids of the values of a category column, in the pack's order. */
  values(dataset: string, column: string): string[] {
    const found = this.definition(dataset)?.columns.find(({ id }) => id === column);
    return found?.values?.map(({ id }) => id) ?? [];
  }

  /** Beaches of a dataset's `beach_id` that have a sea-state station in the network: its id ends with theirs. */
  beaches(dataset: string): string[] {
    const ids = this.world.stations.filter(({ kind }) => kind === "sea-state").map(({ id }) => id);
    return this.values(dataset, "beach_id").filter((beach) => ids.some((id) => id.endsWith(`-${beach}`)));
  }

  /** The anchors of a dataset in the shape that its generator needs. @throws {AnchorError} */
  anchors<T>(dataset: string, shape: z.ZodType<T>): T {
    const parsed = shape.safeParse(this.definition(dataset)?.anchors ?? {});
    if (parsed.success) return parsed.data;
    throw new AnchorError(`anchors of dataset ${dataset}: ${z.prettifyError(parsed.error)}`);
  }

  /** Key of draws for a purpose. */
  key(...purpose: (string | number)[]): number {
    return keyOf(this.seed, "dataset", ...purpose);
  }

  /** Stream of draws for one thing of a purpose. */
  stream(index: number, ...purpose: (string | number)[]): () => number {
    return stream(this.key(...purpose), index);
  }

  /** `YYYY-MM-DD` of a local day. */
  date(day: number): string {
    return new Date(day * dayMs).toISOString().slice(0, 10);
  }

  /** Local hour of a local day as an instant, ms. */
  at(day: number, hour: number): number {
    return this.calendar.startOfDay(day) + Math.round(hour * 3600) * 1000;
  }

  /** In the week of the lunar new year. */
  isNewYear(day: number): boolean {
    return this.#newYear(day) < 1;
  }

  /** In the week of the lunar new year, or a holiday of the reference table (`MM-DD` or one date). */
  isHoliday(day: number): boolean {
    const date = this.date(day);
    return this.isNewYear(day) || this.#holidays.has(date) || this.#holidays.has(date.slice(5));
  }

  isWorkingDay(day: number): boolean {
    return !this.calendar.isWeekend(day) && !this.isHoliday(day);
  }

  /** The local day `count` working days after a day. */
  workingDaysLater(day: number, count: number): number {
    let later = day;
    for (let left = count; left > 0;) {
      later += 1;
      if (this.isWorkingDay(later)) left -= 1;
    }
    return later;
  }

  /** Years from the middle of a year, to let something grow. */
  yearsSince(year: number, day: number): number {
    return (day - Date.UTC(year, 6, 1) / dayMs) / 365.25;
  }

  /** Rain of a local day in the plain before any scenario, mm. */
  rainOn(day: number): number {
    let sum = this.#rain.get(day);
    if (sum !== undefined) return sum;
    sum = 0;
    const start = this.calendar.startOfDay(day);
    for (let hour = 0; hour < 24; hour += 1) {
      const time = start + (hour + 0.5) * hourMs;
      for (const spell of this.world.rainField.active(time)) sum += spell.rateAt(time);
    }
    this.#rain.set(day, sum);
    return sum;
  }

  /** A place with people in an area, [longitude, latitude]. */
  place(area: PlayedArea, next: () => number): [number, number] {
    const spot = area.spots[Math.floor(next() * area.spots.length)] ?? area.center;
    return [round(spot.lon + 0.0018 * normal(next), 5), round(spot.lat + 0.0018 * normal(next), 5)];
  }

  /** Units that report every day or week, those of the earlier city first, then by people; the rest as one. */
  reporting(): Reporting[] {
    return reportingAreas(this.areas, this.cityArea, (area) => area.people + (area.core ? 1e9 : 0));
  }

  /** The same uniform number of [0, 1) for ever. */
  fixed(...purpose: (string | number)[]): number {
    return uniform(this.key(...purpose), 0);
  }
}
