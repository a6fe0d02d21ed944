import { insert } from "./nearest.ts";

/** What is usual at each time of the day. */
export interface Season {
  /** Newest values of each quarter of an hour of the day, oldest first. */
  readonly slots: number[][];
  /** When a value was last kept in the slot, ms. */
  readonly keptAt: (number | null)[];
  /** Mean of the last hour of departures, exponentially weighted. */
  departure: number;
}

const dayMs = 86_400_000;
const slotCount = 96;
const slotMs = dayMs / slotCount;
/** Values kept of a slot: a week of 5-minute readings, three weeks of hourly ones. */
const kept = 21;
/** The fewest values of a slot that make a habit, and how many of them a value has to be near to. */
const enough = 3;
/** At most about three values of a slot a day, so that fast datastreams remember as many days as slow ones. */
const spacingMs = 4 * 60_000;
/** Readings over which departures are averaged. */
const span = 12;

export function newSeason(): Season {
  return {
    slots: Array.from({ length: slotCount }, () => []),
    keptAt: Array.from({ length: slotCount }, () => null),
    departure: 0,
  };
}

/** The mean of departures starts anew after a gap; the profile stays. */
export function interruptSeason(season: Season): void {
  season.departure = 0;
}

/**
 * Takes a reading; returns how unlike it is to what was there at this time of the day, and how far the last dozen readings
 * were from it on average. Null where the time of day is not known yet.
 *
 * `now` is the mean distance to the three nearest values of this and the neighbouring quarters of an hour: what came three
 * times at this hour is usual, be it a nightly peak or a weekend beside working days. `lately` is the mean of signed
 * departures from the median of the quarter (breakdown 50 %, so that single bad days do not enter the habit).
 */
export function strangeHour(season: Season, time: number, value: number): { now: number; lately: number } | null {
  const index = Math.floor((time - Math.floor(time / dayMs) * dayMs) / slotMs);
  const slot = season.slots[index] ?? [];
  const known = slot.length >= enough;
  const departure = known ? value - medianOfFew(slot) : 0;
  season.departure += (departure - season.departure) / span;
  const strange = known ? { now: distance(season, index, value), lately: Math.abs(season.departure) } : null;
  const keptAt = season.keptAt[index] ?? null;
  if (keptAt === null || time - keptAt >= spacingMs) {
    slot.push(value);
    if (slot.length > kept) slot.shift();
    season.keptAt[index] = time;
  }
  return strange;
}

function medianOfFew(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** Mean distance of a value to the nearest values of a slot and of the two beside it. */
function distance(season: Season, index: number, value: number): number {
  const nearest = Array.from({ length: enough }, () => Number.POSITIVE_INFINITY);
  for (const beside of [slotCount - 1, 0, 1]) {
    for (const known of season.slots[(index + beside) % slotCount] ?? []) insert(nearest, Math.abs(known - value));
  }
  return nearest.reduce((sum, each) => sum + each, 0) / enough;
}
