import { networkOf } from "@ioc/city-pack";
import { playedDatasets } from "../datasets/all.ts";
import { PlayedCity } from "../datasets/city.ts";
import type { PlayedDataset, Row } from "../datasets/played.ts";
import { dayMs } from "../world/calendar.ts";
import { createWorld } from "../world/world.ts";
import { daNang } from "./da-nang.ts";

/**
 * Da Nang with its municipal systems at a city time. With `floods` the state of the world goes back ten days; without it
 * nobody reports water, and it is ready much sooner.
 */
export async function playedCity(
  now: number,
  options: { scheme?: string; seed?: number; floods?: boolean } = {},
): Promise<PlayedCity> {
  const { scheme = "dn-2025", seed = 1, floods = false } = options;
  const pack = await daNang();
  const from = now - 10 * dayMs;
  const { reference, simulator } = pack;
  const world = createWorld({ network: networkOf(pack, scheme), reference, simulator, seed, from, keepMs: 11 * dayMs });
  if (floods) world.advance(now);
  return new PlayedCity(world, from);
}

const made = new WeakMap<PlayedCity, PlayedDataset[]>();

/** One dataset of a played city. Throws when it is not played. */
export function played(city: PlayedCity, id: string): PlayedDataset {
  let all = made.get(city);
  if (!all) made.set(city, (all = playedDatasets(city).datasets));
  const dataset = all.find((one) => one.id === id);
  if (!dataset) throw new Error(`dataset ${id} is not played`);
  return dataset;
}

/** All that a dataset tells of its past at `now`. */
export function wholePast(dataset: PlayedDataset, now: number): Row[] {
  return [...dataset.rows(now - dataset.backMs, now, now)];
}

/** Sum of a column over the rows that fit. */
export function sumOf(rows: readonly Row[], column: string, fits: (row: Row) => boolean = () => true): number {
  return rows.reduce((sum, row) => sum + (fits(row) ? Number(row[column] ?? 0) : 0), 0);
}
