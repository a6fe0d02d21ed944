import { distanceKm } from "./space.ts";
import type { Place } from "./space.ts";

const hourMs = 3_600_000;

/** Where the centre of a storm is expected at an instant (ms). */
export interface TrackPoint extends Place {
  readonly time: number;
  /** Strongest wind, m/s; null when it is not told. */
  readonly wind: number | null;
  /** Radius of gale-force wind, km; null when it is not told. */
  readonly gale: number | null;
}

/** How near a storm comes to a place. */
export interface Approach {
  /** Great-circle distance now, km. */
  distance: number;
  /** Smallest distance from now on, km, hours until then and the strongest wind of the storm at that point, m/s. */
  least: number;
  hours: number;
  wind: number | null;
  /** Hours until the gale radius covers the place first; null when it does not. */
  galeHours: number | null;
}

/** The point between two at a share of the way: everything changes linearly. What one of them does not tell is not known. */
function between(a: TrackPoint, b: TrackPoint, share: number): TrackPoint {
  const mix = (from: number, to: number) => from + (to - from) * share;
  const known = (from: number | null, to: number | null) => (from === null || to === null ? null : mix(from, to));
  return {
    time: mix(a.time, b.time),
    lat: mix(a.lat, b.lat),
    lon: mix(a.lon, b.lon),
    wind: known(a.wind, b.wind),
    gale: known(a.gale, b.gale),
  };
}

/** The part of a track that lies in [from, to], with its ends cut; where the track ends before, its last point. */
function part(track: readonly TrackPoint[], from: number, to: number): TrackPoint[] {
  const last = track.at(-1) as TrackPoint;
  const cut: TrackPoint[] = [];
  track.forEach((b, i) => {
    const a = track[i - 1];
    for (const edge of [from, to]) {
      if (a && a.time < edge && edge < b.time) cut.push(between(a, b, (edge - a.time) / (b.time - a.time)));
    }
    if (b.time >= from && b.time <= to) cut.push(b);
  });
  return cut.length > 0 ? cut.sort((a, b) => a.time - b.time) : [last];
}

/** Share of the way from a to b that comes nearest to a place, on the plane that touches the sphere there. */
function nearestShare(a: Place, b: Place, to: Place): number {
  const stretch = Math.cos((to.lat * Math.PI) / 180);
  const [x, y] = [(b.lon - a.lon) * stretch, b.lat - a.lat];
  const length = x * x + y * y;
  if (length === 0) return 0;
  return Math.min(1, Math.max(0, ((to.lon - a.lon) * stretch * x + (to.lat - a.lat) * y) / length));
}

const galeStepMs = hourMs / 6;

/** First time, to ten minutes, at which the gale radius covers the place. */
function galeAt(way: readonly TrackPoint[], to: Place, radius: number): number | null {
  for (const [i, a] of way.entries()) {
    const b = way[i + 1] ?? a;
    const steps = Math.max(1, Math.ceil((b.time - a.time) / galeStepMs));
    for (let step = 0; step < steps; step++) {
      const point = between(a, b, step / steps);
      if (distanceKm(point, to) <= (point.gale ?? radius)) return point.time;
    }
  }
  return null;
}

/**
 * The approach of a storm to a place along its forecast track, linear between the points, by haversine on a sphere of 6,371 km.
 * @param track at least one point, in order of time
 * @param now ms
 * @param ahead how far the track counts, ms
 * @param radius of gale-force wind where the track tells none, km
 */
export function approachOf(
  track: readonly TrackPoint[],
  to: Place,
  { now, ahead, radius }: { now: number; ahead: number; radius: number },
): Approach {
  const way = part(track, now, now + ahead);
  const [first] = way as [TrackPoint];
  let nearest = { point: first, km: distanceKm(first, to) };
  way.forEach((a, i) => {
    const b = way[i + 1] ?? a;
    const point = between(a, b, nearestShare(a, b, to));
    const km = distanceKm(point, to);
    if (km < nearest.km) nearest = { point, km };
  });
  const gale = galeAt(way, to, radius);
  return {
    distance: distanceKm(first, to),
    least: nearest.km,
    hours: Math.max(0, nearest.point.time - now) / hourMs,
    wind: nearest.point.wind,
    galeHours: gale === null ? null : Math.max(0, gale - now) / hourMs,
  };
}
