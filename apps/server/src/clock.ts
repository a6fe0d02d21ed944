/** City time: runs `speed` times as fast as real time and never backwards. */
export interface CityClock {
  /** City time, ms. */
  now(): number;
  readonly speed: number;
  readonly cityOrigin: number;
  readonly wallOrigin: number;
}

/** `cityNow = cityOrigin + (wallNow - wallOrigin) * speed`; a wall clock that is set back holds city time still. */
export function createCityClock(
  options: { cityOrigin: number; wallOrigin: number; speed: number },
  wallNow: () => number = Date.now,
): CityClock {
  let newest = options.cityOrigin;
  return {
    ...options,
    now() {
      const now = options.cityOrigin + (wallNow() - options.wallOrigin) * options.speed;
      if (now > newest) newest = now;
      return newest;
    },
  };
}
