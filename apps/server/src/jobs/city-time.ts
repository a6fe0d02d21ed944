import { createCityClock, machineClocks, type CityClock, type Clocks } from "../clock.ts";
import type { SettingStore } from "../data-folder.ts";

const timeKey = "city-time";
/** Set once the city was played: its time may then be ahead of real time for good reason. */
const playedKey = "city-time-played";

/** Real seconds ahead that city time is noted for: it is noted each second, so a kill cannot let it run backwards. */
const aheadSeconds = 3;
/** A real city cannot be further ahead of the wall clock than this: the clock was wrong then. */
const mostAheadMs = 3_600_000;

export interface KeptClock {
  clock: CityClock;
  /** What is wrong with the time that was noted before; null when it was taken over. */
  mistrusted: string | null;
  /** Notes the time reached; to be called once a real second. Answers what is wrong with the wall clock, or null. */
  note(): string | null;
  /** Notes the exact time at a clean stop. */
  stop(): void;
}

/**
 * City time that goes on where it stopped: it starts at real time, or at the last city time when that is later. A city that
 * was never played starts at real time when the time noted lies more than an hour ahead.
 */
export function keepCityTime(
  settings: SettingStore,
  how: { speed: number; played: boolean },
  clocks: Clocks = machineClocks,
): KeptClock {
  const { speed } = how;
  const wallOrigin = clocks.wall();
  const noted = Number(settings.get(timeKey) ?? 0);
  if (how.played) settings.set(playedKey, "yes");
  const wrong = noted - wallOrigin > mostAheadMs && settings.get(playedKey) === undefined;
  const last = wrong ? 0 : noted;
  const steered = createCityClock({ cityOrigin: Math.max(wallOrigin, last), wallOrigin, speed }, clocks);
  const note = (ahead: number) => settings.set(timeKey, String(Math.ceil(steered.clock.now() + ahead * 1000 * speed)));
  note(aheadSeconds);
  const hours = Math.round((noted - wallOrigin) / 3_600_000);
  return {
    clock: steered.clock,
    mistrusted: wrong ? `the time noted before lies ${hours} hours ahead of the system clock and is not used` : null,
    note() {
      const fault = steered.follow();
      note(aheadSeconds);
      return fault;
    },
    stop: () => note(0),
  };
}
