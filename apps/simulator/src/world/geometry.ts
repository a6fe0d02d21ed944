const kmPerDegree = 111.195;

/** A place; degrees, WGS 84. */
export interface Place {
  lat: number;
  lon: number;
}

/** Distance in km on a local plane (error below 0.5 % within 300 km of each other). */
export function distanceKm(a: Place, b: Place): number {
  const x = eastKm(a, b);
  const y = northKm(a, b);
  return Math.sqrt(x * x + y * y);
}

/** How far `b` lies east of `a`, km. */
export function eastKm(a: Place, b: Place): number {
  return (b.lon - a.lon) * kmPerDegree * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180));
}

/** How far `b` lies north of `a`, km. */
export function northKm(a: Place, b: Place): number {
  return (b.lat - a.lat) * kmPerDegree;
}

/** The nearest of `places`, or undefined when there is none within `withinKm`. */
export function nearest<T extends Place>(
  to: Place,
  places: readonly T[],
  withinKm = Number.POSITIVE_INFINITY,
): T | undefined {
  let best: T | undefined;
  let bestKm = withinKm;
  for (const place of places) {
    const km = distanceKm(to, place);
    if (km > bestKm) continue;
    best = place;
    bestKm = km;
  }
  return best;
}
