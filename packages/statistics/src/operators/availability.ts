/**
 * True when a station's last contact is not older than max(`periods` expected periods, `atLeast`) at `now`; ms.
 */
export function inContact(
  lastContact: number | null,
  now: number,
  period: number,
  limit: { periods: number; atLeast: number },
): boolean {
  return lastContact !== null && now - lastContact <= Math.max(limit.periods * period, limit.atLeast);
}

/** Intervals received of those expected: more readings than expected count as the expected number. */
export function receivedOf(count: number, expected: number): number {
  return Math.min(count, expected);
}
