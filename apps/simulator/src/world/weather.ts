import type { SimulatorParameters } from "../parameters.ts";
import { AutoRegression } from "../random/auto-regression.ts";
import { gaussian, keyOf, uniform } from "../random/keyed.ts";
import type { Influence } from "../scenarios/influence.ts";
import type { Calendar } from "./calendar.ts";
import { dayMs, hourMs, minuteMs, shapeAt } from "./calendar.ts";
import type { Place } from "./geometry.ts";

/** A place with what makes its weather differ from the coast's. */
export interface Site extends Place {
  /** Number that tells sites apart in random draws. */
  item: number;
  elevationM: number;
  /** Factor on the wind: above 1 on peaks and at the sea, below in streets. */
  exposure: number;
}

export interface Wind {
  /** Mean, m/s. */
  speed: number;
  /** Where it comes from, degrees from north. */
  from: number;
}

/**
 * Air over the city: month's climate, hour's shape, slow anomalies (AR(1)), rain of the region and what a scenario adds.
 * Everything is a function of the instant; `wetness` (0 dry .. 1 pouring over the region) is told by the rain model.
 */
export class Weather {
  readonly #parameters: SimulatorParameters;
  readonly #calendar: Calendar;
  readonly #influence: Influence;
  readonly #wetness: (time: number) => number;
  readonly #keys: { temp: number; wind: number; direction: number; surge: number; haze: number };
  readonly #anomaly: AutoRegression;
  readonly #cloud: AutoRegression;
  readonly #pressure: AutoRegression;
  readonly #wind: AutoRegression;
  readonly #direction: AutoRegression;
  readonly #yearMeanSun: number;

  constructor(
    parameters: SimulatorParameters,
    calendar: Calendar,
    influence: Influence,
    seed: number,
    wetness: (time: number) => number,
  ) {
    this.#parameters = parameters;
    this.#calendar = calendar;
    this.#influence = influence;
    this.#wetness = wetness;
    const key = (purpose: string): number => keyOf(seed, purpose);
    this.#keys = {
      temp: key("temp-noise"),
      wind: key("wind-noise"),
      direction: key("direction-noise"),
      surge: key("monsoon-surge"),
      haze: key("haze"),
    };
    this.#anomaly = new AutoRegression(key("temp-day"), 0.75, 1.3, dayMs);
    this.#cloud = new AutoRegression(key("cloud"), 0.93, 1, hourMs);
    this.#pressure = new AutoRegression(key("pressure"), 0.985, 2.2, hourMs);
    this.#wind = new AutoRegression(key("wind"), 0.93, 0.22, hourMs);
    this.#direction = new AutoRegression(key("wind-direction"), 0.95, 22, hourMs);
    this.#yearMeanSun = parameters.climate.sunshine_h.reduce((a, b) => a + b, 0) / 12;
  }

  /** Share of the sky, 0..1. */
  cloud(time: number): number {
    const day = this.#calendar.day(time);
    const sunshine = this.#calendar.seasonal(this.#parameters.climate.sunshine_h, day);
    const mean = 1 - sunshine / 345;
    const dry = this.#influence.calm(time).rain;
    return clamp((mean + 0.2 * this.#cloud.at(time)) * (0.3 + 0.7 * dry) + 0.4 * this.#wetness(time), 0.03, 1);
  }

  /** Air temperature at 2 m, Cel. */
  temperature(time: number, site: Site): number {
    const { climate, shapes } = this.#parameters;
    const day = this.#calendar.day(time);
    const seasonal = (table: readonly number[]): number => this.#calendar.seasonal(table, day);
    const hour = this.#calendar.hour(time);
    const max = seasonal(climate.temp_max_cel);
    const amplitude = (max - seasonal(climate.temp_min_cel)) / 2;
    const shape = shapeAt(shapes.temp.v, hour);
    const sky = 1.2 - 0.45 * this.cloud(time);
    const heat = this.#influence.any ? this.#influence.temperature(time, max, clamp((shape + 1) / 2, 0, 1)) : 0;
    const noise = 0.25 * smooth(this.#keys.temp + site.item, time, 30 * minuteMs);
    const local = this.#anomaly.at(time) - 1.2 * this.#wetness(time) - 0.006 * site.elevationM + noise;
    return seasonal(climate.temp_mean_cel) + amplitude * shape * sky + local + heat;
  }

  /** Relative humidity, %. */
  humidity(time: number, site: Site): number {
    const { climate, shapes } = this.#parameters;
    const day = this.#calendar.day(time);
    const base = this.#calendar.seasonal(climate.rh_pct, day);
    const shape = shapeAt(shapes.rh.v, this.#calendar.hour(time));
    const wet = this.#wetness(time);
    const sky = 1.2 - 0.45 * this.cloud(time);
    const heat = this.#influence.any
      ? this.#influence.temperature(time, this.#calendar.seasonal(climate.temp_max_cel, day), clamp(-shape, 0, 1))
      : 0;
    const noise = 1.5 * smooth(this.#keys.temp + 50_021 + site.item, time, 40 * minuteMs);
    const dry = base + 10 * shape * sky - 1.2 * this.#anomaly.at(time) - 2.2 * Math.max(0, heat);
    const high = Math.min(10, site.elevationM * 0.012);
    return clamp(dry + high + (96 - dry) * 0.75 * wet + noise, 28, 99.5);
  }

  /** Sea-level pressure, hPa: higher in winter, two tides of air a day. */
  pressure(time: number, site: Place): number {
    const day = this.#calendar.day(time);
    const season = 1011 + 5.5 * Math.cos((2 * Math.PI * (this.#calendar.dayOfYear(day) - 15)) / 365.25);
    const twice = 1.2 * Math.cos((2 * Math.PI * (this.#calendar.hour(time) - 10)) / 12);
    const storm = this.#influence.any ? this.#influence.pressure(time, site) : 0;
    return season + twice + this.#pressure.at(time) - 1.5 * this.#wetness(time) + storm;
  }

  /** Ten-minute mean wind. */
  wind(time: number, site: Site): Wind {
    const { climate, shapes } = this.#parameters;
    const day = this.#calendar.day(time);
    const month = this.#calendar.month(day);
    const hour = this.#calendar.hour(time);
    const seaBreeze = month >= 2 && month <= 7;
    const shape = shapeAt(shapes["sea-breeze"].v, hour);
    const daily = seaBreeze ? shape : 1 + 0.35 * (shape - 1);
    const noise = 1 + 0.1 * smooth(this.#keys.wind + site.item, time, 10 * minuteMs);
    const mean = this.#calendar.seasonal(climate.wind_ms, day) * daily * this.#influence.calm(time).wind;
    const speed = mean * site.exposure * Math.exp(this.#wind.at(time)) * this.monsoonSurge(time) * noise;
    const from = this.#prevailing(month, hour) + this.#direction.at(time);
    const own = from + 8 * smooth(this.#keys.direction + site.item, time, 20 * minuteMs);
    const storm = this.#influence.any ? this.#influence.wind(time, site) : null;
    if (!storm) return { speed: clamp(speed, 0, 70), from: (own + 720) % 360 };
    const factor = Math.min(site.exposure, 1.3);
    const east = -0.4 * speed * Math.sin((own * Math.PI) / 180) + storm.east * factor * noise;
    const north = -0.4 * speed * Math.cos((own * Math.PI) / 180) + storm.north * factor * noise;
    return {
      speed: clamp(Math.hypot(east, north), 0, 70),
      from: ((Math.atan2(-east, -north) * 180) / Math.PI + 360) % 360,
    };
  }

  /** Highest 3 s gust of the last minutes for a mean speed, m/s; `factor` 1.5 over land. */
  gust(time: number, speed: number, factor: number, item: number): number {
    return speed * factor * (1 + 0.06 * gaussian(this.#keys.wind + 77 + item, time / minuteMs)) + 0.3;
  }

  /** Factor of north-east monsoon surges (October to March, 2-3 days, about three a month). */
  monsoonSurge(time: number): number {
    return 1 + 0.35 * this.spell(time, this.#keys.surge, 0.1, 2, 3, (month) => month >= 9 || month <= 2);
  }

  /** 1 within a haze spell (4-6 a year of 2-4 days, November to April), 0 outside, sloping in between. */
  haze(time: number): number {
    return this.spell(time, this.#keys.haze, 5 / 180, 2, 4, (month) => month >= 10 || month <= 3);
  }

  /** Global radiation, W/m2. */
  solar(time: number): number {
    const day = this.#calendar.day(time);
    const sunshine = this.#calendar.seasonal(this.#parameters.climate.sunshine_h, day);
    const mean = 185 + 0.83 * (sunshine - this.#yearMeanSun);
    const shape = shapeAt(this.#parameters.shapes.solar.v, this.#calendar.hour(time));
    return clamp(mean * shape * (1.5 - 0.85 * this.cloud(time)), 0, 1150);
  }

  /** Keyed spells of `shortest` to `longest` days beginning with a chance a day; 0..1 with slopes of six hours. */
  spell(
    time: number,
    key: number,
    chance: number,
    shortest: number,
    longest: number,
    inSeason: (month: number) => boolean,
  ): number {
    const today = this.#calendar.day(time);
    let strongest = 0;
    for (let day = today - Math.ceil(longest) - 1; day <= today; day += 1) {
      if (uniform(key, day) >= chance || !inSeason(this.#calendar.month(day))) continue;
      const start = this.#calendar.startOfDay(day) + uniform(key + 1, day) * dayMs;
      const length = (shortest + (longest - shortest) * uniform(key + 2, day)) * dayMs;
      const slope = Math.min((time - start) / (6 * hourMs), (start + length - time) / (6 * hourMs));
      strongest = Math.max(strongest, clamp(slope, 0, 1));
    }
    return strongest;
  }

  #prevailing(month: number, hour: number): number {
    if (month >= 9 || month === 0) return 35;
    if (month === 1 || month === 8) return 65;
    return hour >= 8 && hour < 19 ? 112 : 205;
  }
}

/** Noise without steps: keyed normal draws on a grid, linear between. About standard normal. */
export function smooth(key: number, time: number, gridMs: number): number {
  const position = time / gridMs;
  const index = Math.floor(position);
  const low = gaussian(key, index);
  return low + (gaussian(key, index + 1) - low) * (position - index);
}

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
