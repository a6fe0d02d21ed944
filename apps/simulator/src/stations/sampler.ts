import type { Station } from "@ioc/contracts";
import { gaussian, keyOf } from "../random/keyed.ts";
import type { Site } from "../world/weather.ts";
import type { World } from "../world/world.ts";

/**
 * Value of one property at a label time in ms, before faults and rounding. `periodMs` is the sampling period: a `total` or
 * `mean` covers the time from `time - periodMs` to `time`. NaN: the station does not report the property.
 */
export type Sampler = (time: number, periodMs: number) => number;

/** Samplers of a station by property id. */
export type Samplers = Readonly<Record<string, Sampler>>;

/** A station in its world, as the samplers of its kind see it. */
export interface Subject {
  world: World;
  station: Station;
  /** Number among all stations. */
  item: number;
  /** Number among the stations of its kind, the order of the world's state series. */
  index: number;
  site: Site;
}

/** Makes the samplers of a station. */
export type KindModel = (subject: Subject) => Samplers;

/** Measuring noise: standard normal, fresh for every second and purpose. */
export function measuringNoise(subject: Subject, purpose: string): (time: number) => number {
  const key = keyOf(subject.world.seed, "measuring", purpose, subject.station.id);
  return (time) => gaussian(key, Math.floor(time / 1000));
}

/** Value in the middle of the interval that a label ends. */
export function middleOf(time: number, periodMs: number): number {
  return time - periodMs / 2;
}
