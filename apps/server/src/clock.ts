/** City time: runs `speed` times as fast as real time and never backwards. */
export interface CityClock {
  /** City time, ms. */
  now(): number;
  readonly speed: number;
  readonly cityOrigin: number;
  readonly wallOrigin: number;
}

/** The two clocks of a machine: one that people set, and one that only counts on. Both in ms. */
export interface Clocks {
  wall(): number;
  steady(): number;
}

export const machineClocks: Clocks = { wall: () => Date.now(), steady: () => performance.now() };

/** A wall clock that moves by less than this is being corrected; by more, something is wrong or the machine has slept. */
const correctionMs = 60_000;
/** A jump forward must last this long before it is believed: a machine that slept keeps it, a slip does not. */
const believedAfterMs = 10_000;

/**
 * City time counts with the steady clock and follows the wall clock: small corrections at once, a jump forward when it has
 * lasted ten seconds. A wall clock that is set back holds city time still for as long as the difference is small; when it
 * is large, city time goes on by the steady clock, so that nothing that is due stops.
 *
 * @param options.lead ms by which the origin lies ahead of real time for no good reason: city time runs at half its speed
 *   until it has lost them
 */
export function createCityClock(
  options: { cityOrigin: number; wallOrigin: number; speed: number; lead?: number },
  clocks: Clocks = machineClocks,
): { clock: CityClock; follow(): string | null } {
  const { cityOrigin, wallOrigin, speed, lead = 0 } = options;
  let steadyOrigin = clocks.steady() - (clocks.wall() - wallOrigin);
  let newest = cityOrigin;
  let aheadSince: number | null = null;
  const elapsed = () => clocks.steady() - steadyOrigin;
  return {
    clock: {
      cityOrigin,
      wallOrigin,
      speed,
      now() {
        const city = elapsed() * speed;
        const now = Math.floor(cityOrigin + city - Math.min(lead, Math.max(0, city) / 2));
        if (now > newest) newest = now;
        return newest;
      },
    },
    /** To be called about once a second. Answers what is wrong with the wall clock; null when it can be followed. */
    follow() {
      const ahead = clocks.wall() - wallOrigin - elapsed();
      const small = Math.abs(ahead) <= correctionMs;
      if (ahead <= correctionMs) aheadSince = null;
      else aheadSince ??= clocks.steady();
      if (small || (aheadSince !== null && clocks.steady() - aheadSince >= believedAfterMs)) {
        steadyOrigin -= ahead;
        aheadSince = null;
        return null;
      }
      const seconds = Math.round(Math.abs(ahead) / 1000);
      return ahead > 0
        ? `the system clock has jumped ${seconds} s ahead; city time follows when that lasts`
        : `the system clock was set back by ${seconds} s; city time goes on without it until the next start`;
    },
  };
}
