import { windSectors } from "@ioc/contracts/wind";
import { meanOf } from "./aggregate.ts";

/** Sector 0..15 of a direction in degrees (0 = north): floor(((dir + 11.25) mod 360) / 22.5). */
export function windSector(direction: number): number {
  return Math.floor(((((direction + 11.25) % 360) + 360) % 360) / 22.5);
}

export interface Wind {
  /** m/s */
  speed: number;
  /** degrees the wind comes from */
  direction: number;
}

/**
 * Mean of winds: arithmetic mean speed, direction of the mean vector. Two opposite winds of equal force have no mean
 * direction: null. An empty list gives null.
 */
export function vectorMean(winds: readonly Wind[]): { speed: number; direction: number | null } | null {
  if (winds.length === 0) return null;
  let speed = 0;
  let east = 0;
  let north = 0;
  for (const wind of winds) {
    const angle = (wind.direction * Math.PI) / 180;
    speed += wind.speed;
    east += wind.speed * Math.sin(angle);
    north += wind.speed * Math.cos(angle);
  }
  const direction =
    Math.hypot(east, north) < 1e-9 * Math.max(1, speed)
      ? null
      : ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  return { speed: speed / winds.length, direction };
}

export interface WindRose {
  /** Hours counted. */
  hours: number;
  /** Percent of hours below the calm limit. */
  calm: number;
  /** percent[sector][class] of all hours, calm ones included in the denominator. */
  percent: number[][];
}

/**
 * Percent of hours by 16 sectors and speed classes. Class i holds edges[i] <= speed < edges[i + 1], the last has no upper
 * end; hours below `calm` m/s are the calm. An hour with wind but without a direction is left out. Null without hours.
 */
export function windRose(
  hours: readonly { speed: number; direction: number | null }[],
  edges: readonly number[],
  calm: number,
): WindRose | null {
  const counts = windSectors.map(() => edges.map(() => 0));
  let still = 0;
  let total = 0;
  for (const { speed, direction } of hours) {
    if (speed < calm) still += 1;
    else if (direction === null) continue;
    else {
      const row = counts[windSector(direction)] as number[];
      const column = Math.max(
        0,
        edges.findLastIndex((edge) => speed >= edge),
      );
      row[column] = (row[column] ?? 0) + 1;
    }
    total += 1;
  }
  if (total === 0) return null;
  return {
    hours: total,
    calm: (100 * still) / total,
    percent: counts.map((row) => row.map((count) => (100 * count) / total)),
  };
}

/** What the hours with wind from one direction have in common. */
interface SectorMean {
  /** Mean of the value; null with fewer hours than asked for. */
  mean: number | null;
  /** Percent of all hours. */
  share: number;
  /** Mean speed, m/s; null without hours. */
  speed: number | null;
}

/**
 * Mean of a value by 16 wind sectors; hours below `calm` m/s are a class of their own. An hour with wind but without a direction,
 * and one without a value, is left out. Null without hours.
 * @param minHours hours that a sector needs to have a mean
 */
export function meanBySector(
  hours: readonly { speed: number; direction: number | null; value: number | null }[],
  calm: number,
  minHours: number,
): { sectors: SectorMean[]; calm: SectorMean } | null {
  const groups: { speed: number; value: number }[][] = Array.from({ length: windSectors.length + 1 }, () => []);
  let total = 0;
  for (const { speed, direction, value } of hours) {
    const still = speed < calm;
    if (value === null || (!still && direction === null)) continue;
    groups[still || direction === null ? windSectors.length : windSector(direction)]?.push({ speed, value });
    total += 1;
  }
  if (total === 0) return null;
  const found = groups.map((group): SectorMean => ({
    mean: group.length < minHours ? null : meanOf(group.map(({ value }) => value)),
    share: (100 * group.length) / total,
    speed: meanOf(group.map(({ speed }) => speed)),
  }));
  return { sectors: found.slice(0, -1), calm: found.at(-1) as SectorMean };
}
