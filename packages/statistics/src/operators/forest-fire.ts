/**
 * Saturation deficit of air, hPa: saturation vapour pressure by the Magnus formula (6.112 exp(17.62 t / (243.12 + t)), t in
 * Cel; WMO Guide to Instruments, Part I, annex 4.B) times 1 - rh/100.
 */
export function saturationDeficit(t: number, rh: number): number {
  return 6.112 * Math.exp((17.62 * t) / (243.12 + t)) * (1 - rh / 100);
}

/**
 * One day of the cumulative dryness index P of Nesterov's type: K (P + t d), K = 0 when the rain of 24 hours reaches the month's
 * reset, else 1. Never below 0.
 *
 * @param added t times the deficit at 13:00, Cel hPa; of a day without values the mean of the three days before
 */
export function nextDryness(before: number, added: number, rain: number, reset: number): number {
  return rain >= reset ? 0 : Math.max(0, before + added);
}

/** Level of an index by the table's upper bounds, which belong to the level they end. */
export function fireLevel(p: number, levels: readonly { id: string; to: number | null }[]): number {
  const found = levels.findIndex(({ to }) => to === null || p <= to);
  return found < 0 ? levels.length - 1 : found;
}
