import { createCityClock, type CityClock } from "../clock.ts";
import type { SettingStore } from "../data-folder.ts";

const key = "city-time";

/** Real seconds ahead that city time is noted for: it is noted each second, so a kill cannot let it run backwards. */
const aheadSeconds = 3;

export interface KeptClock {
  clock: CityClock;
  /** Notes the time reached; to be called once a real second. */
  note(): void;
  /** Notes the exact time at a clean stop. */
  stop(): void;
}

/** City time that goes on where it stopped: it starts at real time, or at the last city time when that is later. */
export function keepCityTime(settings: SettingStore, speed: number, wallNow: () => number = Date.now): KeptClock {
  const wallOrigin = wallNow();
  const last = Number(settings.get(key) ?? 0);
  const clock = createCityClock({ cityOrigin: Math.max(wallOrigin, last), wallOrigin, speed }, wallNow);
  const note = (ahead: number) => settings.set(key, String(Math.ceil(clock.now() + ahead * 1000 * speed)));
  note(aheadSeconds);
  return { clock, note: () => note(aheadSeconds), stop: () => note(0) };
}
