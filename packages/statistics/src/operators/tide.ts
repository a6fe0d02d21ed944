/** Harmonic constants of a place: metres, degrees, degrees an hour. */
export interface TideConstants {
  mean_level: number;
  constituents: readonly { amp: number; phase: number; speed: number }[];
}

const hourMs = 3_600_000;
const epoch = Date.UTC(2000, 0, 1);

/**
 * Predicted level in m at an instant: mean level + sum of amp · cos(speed · t − phase), t in hours since 2000-01-01T00:00Z,
 * without nodal corrections (the harmonic method of tide tables).
 */
export function tideLevel({ mean_level, constituents }: TideConstants, time: number): number {
  const hours = (time - epoch) / hourMs;
  const rad = Math.PI / 180;
  return constituents.reduce(
    (sum, { amp, phase, speed }) => sum + amp * Math.cos((speed * hours - phase) * rad),
    mean_level,
  );
}

/**
 * Centred means over regular values: of those at most `half` places away, when the value itself and at least half of them are
 * there; null otherwise. At the ends there are fewer.
 */
export function centredMean(values: readonly (number | null)[], half: number): (number | null)[] {
  return values.map((own, i) => {
    if (own === null) return null;
    const around = values.slice(Math.max(0, i - half), i + half + 1).filter((value) => value !== null);
    return around.length < half + 0.5 ? null : around.reduce((sum, value) => sum + value, 0) / around.length;
  });
}

/** 19 years hold every combination of moon and sun that the constants tell apart (the nodal cycle is 18.6 years). */
const tideYears = 19;

/**
 * Highest astronomical tide in m: the highest hourly level predicted over 19 years, as in IHO publication S-32. Constants without
 * nodal corrections repeat sooner. Takes some hundredths of a second: keep what it answers.
 */
export function highestTide(constants: TideConstants): number {
  let highest = -Infinity;
  for (let time = epoch; time < epoch + tideYears * 365.25 * 24 * hourMs; time += hourMs) {
    highest = Math.max(highest, tideLevel(constants, time));
  }
  return highest;
}
