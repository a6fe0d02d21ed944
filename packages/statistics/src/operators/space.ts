/** A place in WGS 84 degrees. */
export interface Place {
  lat: number;
  lon: number;
}

/** Great-circle distance in km on a sphere of 6,371.0 km (haversine). */
export function distanceKm(a: Place, b: Place): number {
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Inverse-distance weighted mean of the `nearest` valid points: sum(v / d^power) / sum(1 / d^power). A point nearer than
 * `floorKm` counts as that far. Points without a value are left out before the nearest are chosen; none gives null.
 * @param points distance in km and value of each station
 */
export function inverseDistanceMean(
  points: readonly { distance: number; value: number | null }[],
  options: { power: number; nearest: number; floorKm: number },
): number | null {
  const used = points
    .filter((point): point is { distance: number; value: number } => point.value !== null)
    .sort((a, b) => a.distance - b.distance || a.value - b.value)
    .slice(0, options.nearest);
  if (used.length === 0) return null;
  let sum = 0;
  let weights = 0;
  for (const point of used) {
    const weight = Math.max(options.floorKm, point.distance) ** -options.power;
    sum += weight * point.value;
    weights += weight;
  }
  return sum / weights;
}

/** Mean weighted by `weight`; pairs without a value or weight are left out, none gives null. */
export function weightedMean(pairs: readonly { value: number | null; weight: number | null }[]): number | null {
  let sum = 0;
  let weights = 0;
  for (const { value, weight } of pairs) {
    if (value === null || weight === null || weight <= 0) continue;
    sum += value * weight;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

/**
 * Of items in order of their weight those that stay at least `km` from every heavier one that stays.
 * @param items heaviest first
 */
export function apartFrom<T>(items: readonly T[], placeOf: (item: T) => Place, km: number): T[] {
  const kept: T[] = [];
  for (const item of items) {
    const place = placeOf(item);
    if (kept.every((other) => distanceKm(placeOf(other), place) >= km)) kept.push(item);
  }
  return kept;
}

/**
 * Reports that say something new, in order of time: one is left out when an earlier one that stays lies within `km` and `span`
 * ms. Of the same time the one that comes first stays.
 */
export function firstReports<T extends Place & { time: number }>(reports: readonly T[], km: number, span: number): T[] {
  const kept: T[] = [];
  for (const report of reports.toSorted((a, b) => a.time - b.time)) {
    let repeats = false;
    for (let i = kept.length - 1; i >= 0 && !repeats; i -= 1) {
      const other = kept[i] as T;
      if (report.time - other.time > span) break;
      repeats = distanceKm(report, other) <= km;
    }
    if (!repeats) kept.push(report);
  }
  return kept;
}

/** Groups of places that are linked by steps of at most `km` (single linkage), in the order of their first members. */
export function linked<T extends Place>(places: readonly T[], km: number): T[][] {
  const left = new Set(places);
  const groups: T[][] = [];
  for (const first of places) {
    if (!left.delete(first)) continue;
    const group = [first];
    // Grows while it is walked through.
    for (const member of group) {
      for (const other of left) {
        if (distanceKm(member, other) > km) continue;
        left.delete(other);
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}
