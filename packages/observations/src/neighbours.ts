/**
 * The neighbour test of the station plan: a sensor whose daily median lies far from those of the nearest stations of its kind
 * is drifting, or something real happens around it; either way a person should look. Sources: the catalogue's *sensor fault
 * suspected* warning (w-sensor-fault) for the measure, its levels and its hour of confirmation; the rest are project settings,
 * marked as such.
 */

/** Catalogue: 3 to 5 nearest of its kind within 15 km. */
const FEWEST = 3;
const MOST = 5;
const WITHIN_KM = 15;
/** Catalogue: level 1, "doubtful", begins at 4 and is clear below 3. */
const DRIFTS_FROM = 4;
const AGREES_BELOW = 3;
/** Catalogue: the condition must have lasted an hour (`for: PT1H`). */
const CONFIRMED_AFTER_MS = 3_600_000;
/** Makes the median absolute deviation an estimate of the standard deviation of a normal distribution. */
const MAD_TO_SIGMA = 1.4826;
/** Catalogue: the spread counts for 2 % of the property's range at least. */
const FLOOR_OF_RANGE = 0.02;
/** Project setting: stations further apart in height do not measure the same air (about 1 °C by the standard lapse rate). */
const WITHIN_HEIGHT_M = 150;
/** Project setting: candidates that are kept for each station, so that one which is silent has a substitute. */
const CANDIDATES = 10;
const EARTH_RADIUS_KM = 6371;

export interface NeighbourSite {
  datastream: string;
  lat: number;
  lon: number;
  /** m above sea level; null when not known, which matches any height. */
  elevation: number | null;
}

/** Datastreams within 15 km and about the same height, nearest first, for each of `sites`, which measure the same property. */
export function neighboursOf(sites: readonly NeighbourSite[]): Map<string, string[]> {
  return new Map(
    sites.map((site) => {
      const near = sites
        .filter((other) => other !== site && likeHeight(site, other))
        .map((other) => ({ datastream: other.datastream, km: distanceKm(site, other) }))
        .filter(({ km }) => km <= WITHIN_KM)
        .sort((a, b) => a.km - b.km);
      return [site.datastream, near.slice(0, CANDIDATES).map(({ datastream }) => datastream)];
    }),
  );
}

function likeHeight(a: NeighbourSite, b: NeighbourSite): boolean {
  return a.elevation === null || b.elevation === null || Math.abs(a.elevation - b.elevation) <= WITHIN_HEIGHT_M;
}

/** Great-circle distance by the haversine formula. */
function distanceKm(a: NeighbourSite, b: NeighbourSite): number {
  const radians = Math.PI / 180;
  const dLat = ((b.lat - a.lat) * radians) / 2;
  const dLon = ((b.lon - a.lon) * radians) / 2;
  const h = Math.sin(dLat) ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * Math.sin(dLon) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, h)));
}

/**
 * How far a value lies from those of its neighbours, in standard deviations of theirs:
 * |own - median| / max(1.4826 · median absolute deviation, 2 % of the range). 0 with fewer than three neighbours, and
 * where neither neighbours nor range give a scale.
 * @param neighbours values of the nearest, at most five are used
 * @param range width of the property's valid range; null when it has no bounds
 */
export function disagreement(own: number, neighbours: readonly number[], range: number | null): number {
  if (neighbours.length < FEWEST) return 0;
  const nearest = neighbours.slice(0, MOST);
  const middle = median(nearest);
  const spread = MAD_TO_SIGMA * median(nearest.map((value) => Math.abs(value - middle)));
  const scale = Math.max(spread, FLOOR_OF_RANGE * (range ?? 0));
  return scale > 0 ? Math.abs(own - middle) / scale : 0;
}

/** @param values at least one */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** A datastream that takes part in the test. */
export interface WatchedStream {
  datastream: string;
  /** Nearest first, see {@link neighboursOf}. */
  neighbours: readonly string[];
  range: number | null;
}

/** Remembers which datastreams disagree with their neighbours. It is told the medians of the last 24 hours, hour by hour. */
export class DriftWatch {
  readonly #streams: readonly WatchedStream[];
  /** When the measure was first found high. */
  readonly #since = new Map<string, number>();
  readonly #drifting = new Map<string, number>();

  constructor(streams: readonly WatchedStream[]) {
    this.#streams = streams.filter(({ neighbours }) => neighbours.length >= FEWEST);
  }

  /** Every datastream whose median is needed. */
  get datastreams(): string[] {
    return [...new Set(this.#streams.flatMap(({ datastream, neighbours }) => [datastream, ...neighbours]))];
  }

  /** Since when a datastream counts as drifting, ms. */
  get drifting(): ReadonlyMap<string, number> {
    return this.#drifting;
  }

  /** Takes over what was known before the start. */
  resume(datastream: string, since: number): void {
    if (!this.#streams.some((stream) => stream.datastream === datastream)) return;
    this.#since.set(datastream, since);
    this.#drifting.set(datastream, since);
  }

  /**
   * Judges all datastreams anew. A measure of 4 for an hour begins a drift, one below 3 ends it; so does a station, or a
   * neighbourhood, that is silent, for then there is nothing to compare.
   * @param medians of the last 24 hours by datastream; absent where too little was measured
   */
  observe(now: number, medians: ReadonlyMap<string, number>): { began: string[]; ended: string[] } {
    const began: string[] = [];
    const ended: string[] = [];
    for (const { datastream, neighbours, range } of this.#streams) {
      const own = medians.get(datastream);
      const others = neighbours.flatMap((id) => medians.get(id) ?? []);
      const measure = own === undefined ? 0 : disagreement(own, others, range);
      if (measure < AGREES_BELOW || (measure < DRIFTS_FROM && !this.#drifting.has(datastream))) {
        this.#since.delete(datastream);
        if (this.#drifting.delete(datastream)) ended.push(datastream);
        continue;
      }
      const since = this.#since.get(datastream) ?? now;
      this.#since.set(datastream, since);
      if (now - since < CONFIRMED_AFTER_MS || this.#drifting.has(datastream)) continue;
      this.#drifting.set(datastream, now);
      began.push(datastream);
    }
    return { began, ended };
  }
}
