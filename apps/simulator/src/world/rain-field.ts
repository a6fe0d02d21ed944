import type { SimulatorParameters } from "../parameters.ts";
import { gamma, keyOf, stream, uniform } from "../random/keyed.ts";
import type { Calendar } from "./calendar.ts";
import { dayMs, hourMs, minuteMs } from "./calendar.ts";
import type { Place } from "./geometry.ts";
import { eastKm, northKm } from "./geometry.ts";

/** One spell of rain with moving cells. `rateAt` mm/h stands for the plain, before cells and mountains. */
interface Spell {
  start: number;
  end: number;
  key: number;
  /** Movement of the cells, km per ms. */
  east: number;
  north: number;
  /** Share of the rain that falls from cells, the rest falls evenly. */
  cells: number;
  /** Most that mountains may add. */
  orography: number;
  rateAt(time: number): number;
}

/** Cells lie on a jittered grid that moves with the wind; one per box of this size. */
const boxKm = 20;
const emptyShare = 0.3;
/** Mean of the sum of exp(-(d/r)^2) over cells of mean strength 1, radii uniform in 4..12 km: density * pi * E[r^2]. */
const meanCellSum = ((1 - emptyShare) / boxKm ** 2) * Math.PI * ((12 ** 3 - 4 ** 3) / 24);
/** A spell lasts longer where its mean rate in the plain would pass this, mm/h. */
const mildRate = 8;

/**
 * Rain as a marked point process: wet days by the month's rain days, gamma totals, 1 to 3 triangular spells a wet day with
 * cells of 4-12 km that move at 3-10 m/s; in September to December also events of 2 to 4 days every 15 to 40 days.
 * Every draw is keyed, so any instant can be asked for.
 */
export class RainField {
  readonly #parameters: SimulatorParameters;
  readonly #calendar: Calendar;
  readonly #seed: number;
  readonly #days = new Map<number, Spell[]>();
  readonly #events = new Map<number, Spell[]>();
  #origin: Place | null = null;

  constructor(parameters: SimulatorParameters, calendar: Calendar, seed: number) {
    this.#parameters = parameters;
    this.#calendar = calendar;
    this.#seed = seed;
  }

  /** Spells that rain at an instant; mostly none. */
  active(time: number): Spell[] {
    const day = this.#calendar.day(time);
    const found: Spell[] = [];
    for (const spells of [this.#spellsOf(day - 1), this.#spellsOf(day), this.#eventsOf(this.#calendar.year(day))]) {
      for (const spell of spells) if (time >= spell.start && time < spell.end) found.push(spell);
    }
    return found;
  }

  /** True on days of a great event. */
  isEvent(time: number): boolean {
    return this.#eventsOf(this.#calendar.year(this.#calendar.day(time))).some((e) => time >= e.start && time < e.end);
  }

  /** Rain of one spell at a place, mm/h; `orography` is the factor of the place (1 at the coast). */
  rateOf(spell: Spell, time: number, place: Place, orography: number): number {
    this.#origin ??= place;
    const x = eastKm(this.#origin, place);
    const y = northKm(this.#origin, place);
    const speed = Math.hypot(spell.east, spell.north);
    // The spell sweeps over the land: places ahead get it later, at about 50 km/h.
    const along = speed > 0 ? (x * spell.east + y * spell.north) / speed : 0;
    const plain = spell.rateAt(time - Math.max(-1.5, Math.min(1.5, along / 50)) * hourMs);
    if (plain <= 0) return 0;
    const elapsed = time - spell.start;
    const cells = this.#cellSum(spell.key, x - spell.east * elapsed, y - spell.north * elapsed) / meanCellSum;
    return plain * Math.min(orography, spell.orography) * (1 - spell.cells + spell.cells * Math.min(cells, 5));
  }

  /** Factor of the mountains at a place. */
  orographyOf(place: Place): number {
    let factor = 1;
    for (const hill of this.#parameters.model.orography) {
      const square = (eastKm(place, hill) ** 2 + northKm(place, hill) ** 2) / hill.radius_km ** 2;
      factor = Math.max(factor, 1 + (hill.factor - 1) * Math.exp(-square));
    }
    return factor;
  }

  #cellSum(key: number, x: number, y: number): number {
    const column = Math.floor(x / boxKm);
    const row = Math.floor(y / boxKm);
    let sum = 0;
    for (let i = column - 1; i <= column + 1; i += 1) {
      for (let j = row - 1; j <= row + 1; j += 1) {
        const box = i * 7919 + j * 104_729;
        const strength = uniform(key, box);
        if (strength < emptyShare) continue;
        const dx = x - (i + uniform(key + 1, box)) * boxKm;
        const dy = y - (j + uniform(key + 2, box)) * boxKm;
        const radius = 4 + 8 * uniform(key + 3, box);
        const square = (dx * dx + dy * dy) / (radius * radius);
        if (square > 5) continue;
        sum += -Math.log(1 - (strength - emptyShare) / (1 - emptyShare) + 1e-6) * Math.exp(-square);
      }
    }
    return sum;
  }

  #spellsOf(day: number): Spell[] {
    let spells = this.#days.get(day);
    if (!spells) {
      spells = this.#drawDay(day);
      this.#days.set(day, spells);
      if (this.#days.size > 400) this.#days.delete(this.#days.keys().next().value ?? day);
    }
    return spells;
  }

  #drawDay(day: number): Spell[] {
    const { climate, model } = this.#parameters;
    const month = this.#calendar.month(day);
    const next = stream(keyOf(this.#seed, "wet-day"), day);
    const rainDays = climate.rain_days[month] ?? 0;
    if (next() >= rainDays / 30.4) return [];
    const mean = ((climate.rain_mm[month] ?? 0) / rainDays) * (model.ordinary_rain_share[month] ?? 1);
    const total = gamma(next, month === 9 || month === 10 ? 0.45 : 0.55, mean);
    const weights = Array.from({ length: 1 + Math.floor(next() * 3) }, () => 0.2 + next());
    const sum = weights.reduce((a, b) => a + b, 0);
    return weights.map((weight, index) => {
      const amount = (total * weight) / sum;
      const duration = Math.max(30 + 150 * next(), (amount / mildRate) * 60) * minuteMs;
      // Summer showers are of the afternoon; the north-east monsoon rains at any hour.
      const hour = month >= 4 && month <= 7 ? 12 + 8 * next() : 24 * next();
      const start = this.#calendar.startOfDay(day) + hour * hourMs;
      const peak = (2 * amount) / (duration / hourMs);
      return {
        ...this.#movement(month, next),
        start: start - 2 * hourMs,
        end: start + duration + 2 * hourMs,
        key: keyOf(this.#seed, "spell", day, index),
        cells: 0.5,
        orography: 2,
        rateAt: (time: number) => triangle((time - start) / duration) * peak,
      };
    });
  }

  #movement(month: number, next: () => number): { east: number; north: number } {
    const fromSouthWest = month >= 4 && month <= 7;
    const towards = ((fromSouthWest ? 45 : 225) + (next() - 0.5) * 60) * (Math.PI / 180);
    const kmPerMs = (3 + 7 * next()) / 1_000_000;
    return { east: Math.sin(towards) * kmPerMs, north: Math.cos(towards) * kmPerMs };
  }

  #eventsOf(year: number): Spell[] {
    let events = this.#events.get(year);
    if (!events) {
      events = this.#drawEvents(year);
      this.#events.set(year, events);
    }
    return events;
  }

  #drawEvents(year: number): Spell[] {
    const next = stream(keyOf(this.#seed, "rain-event"), year);
    const last = Date.UTC(year, 11, 25) / dayMs;
    const events: Spell[] = [];
    for (let day = Date.UTC(year, 8, 1) / dayMs + 5 + 25 * next(); day < last; day += 15 + 25 * next()) {
      const month = this.#calendar.month(Math.floor(day));
      const factor = this.#parameters.model.event_rain_factor[month] ?? 0;
      const total = (200 + 400 * next()) * factor;
      const length = (2 + 2 * next()) * dayMs;
      if (total > 0) events.push(this.#event(day * dayMs - this.#calendar.offsetMs, length, total, month, next));
    }
    return events;
  }

  #event(start: number, length: number, total: number, month: number, next: () => number): Spell {
    const block = 3 * hourMs;
    const blocks = Math.ceil(length / block);
    const pulses = Array.from({ length: blocks }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / blocks) * next() ** 2.5);
    const scale = total / 3 / pulses.reduce((a, b) => a + b, 0);
    const pulse = (index: number): number => (pulses[index] ?? 0) * scale;
    return {
      ...this.#movement(month, next),
      start,
      end: start + length,
      key: keyOf(this.#seed, "event", Math.round(start / dayMs)),
      cells: 0.4,
      orography: 1.5,
      rateAt: (time) => {
        const position = (time - start) / block - 0.5;
        const index = Math.floor(position);
        return pulse(index) + (pulse(index + 1) - pulse(index)) * (position - index);
      },
    };
  }
}

function triangle(position: number): number {
  return position <= 0 || position >= 1 ? 0 : 1 - Math.abs(2 * position - 1);
}
