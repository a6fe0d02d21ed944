/** A tidal constituent. */
export interface Constituent {
  name: string;
  /** Degrees an hour. */
  speed: number;
}

/**
 * Constituents in the order in which they are taken into an analysis, most important first: the 37 of the United States
 * National Ocean Service (NOAA CO-OPS, harmonic constituents), with the speeds that follow from the Doodson numbers
 * (Schureman 1958, Special Publication 98, table 2). The order is that of usual size: the great eight, shallow water and
 * the year, then the rest by the equilibrium tide.
 */
export const constituents: readonly Constituent[] = (
  [
    ["M2", 28.9841042],
    ["K1", 15.0410686],
    ["S2", 30.0],
    ["O1", 13.9430356],
    ["N2", 28.4397295],
    ["P1", 14.9589314],
    ["K2", 30.0821373],
    ["Q1", 13.3986609],
    ["SA", 0.0410686],
    ["M4", 57.9682084],
    ["MS4", 58.9841042],
    ["MN4", 57.4238337],
    ["M6", 86.9523127],
    ["SSA", 0.0821373],
    ["MF", 1.0980331],
    ["MM", 0.5443747],
    ["NU2", 28.5125831],
    ["MU2", 27.9682084],
    ["2N2", 27.8953548],
    ["L2", 29.5284789],
    ["T2", 29.9589333],
    ["J1", 15.5854433],
    ["M1", 14.4966939],
    ["OO1", 16.1391017],
    ["RHO1", 13.4715145],
    ["2Q1", 12.8542862],
    ["S1", 15.0],
    ["LAM2", 29.4556253],
    ["M3", 43.4761563],
    ["MK3", 44.0251729],
    ["2MK3", 42.9271398],
    ["MSF", 1.0158958],
    ["S4", 60.0],
    ["2SM2", 31.0158958],
    ["S6", 90.0],
    ["M8", 115.9364166],
    ["R2", 30.0410667],
  ] as const
).map(([name, speed]) => ({ name, speed }));

/**
 * Constituents that a record can tell apart (Rayleigh criterion): in the order of importance, each that goes through a
 * whole cycle more or less than every one before it, and than none at all, within the record. Those with less than two
 * values a cycle are left out.
 * @param hours length of the record
 * @param stepHours hours between values
 */
export function resolvable(hours: number, stepHours: number): Constituent[] {
  const found: Constituent[] = [];
  for (const one of constituents) {
    const apart = (speed: number) => Math.abs(one.speed - speed) * hours >= 360;
    if (one.speed * stepHours < 180 && apart(0) && found.every(({ speed }) => apart(speed))) found.push(one);
  }
  return found;
}
