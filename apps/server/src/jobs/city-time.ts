import { createCityClock, machineClocks, type CityClock, type Clocks } from "../clock.ts";
import type { SettingStore } from "../data-folder.ts";

const timeKey = "city-time";
/** Set once the city was played: its time may then be ahead of real time for good reason. */
const playedKey = "city-time-played";

/** Real seconds ahead that city time is noted for: it is noted each second, so a kill cannot let it run backwards. */
const aheadSeconds = 3;
/** A lead that is lost without a word: that of the last kill. */
const smallLeadMs = 10_000;
/** A real city cannot be further ahead of the wall clock than this: the clock was wrong then. */
const mostAheadMs = 3_600_000;

export interface KeptClock {
  clock: CityClock;
  /** What is wrong with the time that was noted before; null when it fits the system clock. */
  mistrusted: string | null;
  /** Notes the time reached; to be called once a real second. Answers what is wrong with the wall clock, or null. */
  note(): string | null;
  /** Notes the exact time at a clean stop. */
  stop(): void;
}

/**
 * City time that goes on where it stopped: it starts at real time, or at the last city time when that is later. A city that
 * was never played starts at real time when the time noted lies more than an hour ahead; a smaller lead it loses by
 * running at half speed for a while.
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
  const real = settings.get(playedKey) === undefined;
  const wrong = real && noted - wallOrigin > mostAheadMs;
  const cityOrigin = Math.max(wallOrigin, wrong ? 0 : noted);
  const lead = real ? cityOrigin - wallOrigin : 0;
  const steered = createCityClock({ cityOrigin, wallOrigin, speed, lead }, clocks);
  const note = (ahead: number) => settings.set(timeKey, String(Math.ceil(steered.clock.now() + ahead * 1000 * speed)));
  note(aheadSeconds);
  return {
    clock: steered.clock,
    mistrusted: wrong || lead > smallLeadMs ? toldOf(noted - wallOrigin, wrong) : null,
    note() {
      const fault = steered.follow();
      note(aheadSeconds);
      return fault;
    },
    stop: () => note(0),
  };
}

function toldOf(aheadMs: number, wrong: boolean): string {
  const noted = "the time noted before lies";
  if (wrong) return `${noted} ${Math.round(aheadMs / 3_600_000)} hours ahead of the system clock and is not used`;
  const seconds = Math.round(aheadMs / 1000);
  return `${noted} ${seconds} s ahead of the system clock; city time runs at half speed until it has caught up`;
}
