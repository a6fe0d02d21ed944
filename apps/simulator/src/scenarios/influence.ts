import { keyOf, uniform } from "../random/keyed.ts";
import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import type { Place } from "../world/geometry.ts";
import { distanceKm, eastKm, northKm } from "../world/geometry.ts";
import type { Effect, ScenarioPlan } from "./scenario.ts";

/** A scenario that plays or has played. */
export interface Play {
  plan: ScenarioPlan;
  startedAt: number;
  endsAt: number;
}

/** What happens to a station's readings: kept back and delivered later, or never sent. */
export type Silence = "late" | "lost";

const fadeMs = 30 * minuteMs;

/**
 * What played scenarios add to the world: rain, wind, pressure, heat, surge, silence. Past plays stay, so that asking again
 * for a past instant gives the same answer.
 */
export class Influence {
  readonly #plays: Play[] = [];
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** The scenario that plays at an instant. */
  playing(time: number): Play | null {
    return this.#plays.find((play) => time >= play.startedAt && time < play.endsAt) ?? null;
  }

  /** Begin a scenario; one that still plays ends. Plays over since 40 days are forgotten. */
  start(plan: ScenarioPlan, time: number): void {
    this.end(time);
    while (this.#plays[0] && this.#plays[0].endsAt < time - 40 * dayMs) this.#plays.shift();
    this.#plays.push({ plan, startedAt: time, endsAt: time + plan.duration });
  }

  /** End what plays: its effects are gone half an hour later. */
  end(time: number): void {
    for (const play of this.#plays) if (play.endsAt > time) play.endsAt = time;
  }

  get any(): boolean {
    return this.#plays.length > 0;
  }

  /** Extra rain at a place, mm/h. */
  rain(time: number, at: Place): number {
    let sum = 0;
    for (const { effect, since, weight } of this.#effects(time)) {
      if (effect.kind === "cyclone") sum += weight * cycloneRain(effect, since, at);
      if (effect.kind === "rain-cells") sum += weight * cellRain(effect, since, at);
    }
    return sum;
  }

  /** Wind that a scenario brings, as the vector it blows towards (m/s, east and north); null when there is none. */
  wind(time: number, at: Place): { east: number; north: number } | null {
    for (const { effect, since, weight } of this.#effects(time)) {
      if (effect.kind !== "cyclone") continue;
      const { centre, windMs, radiusKm } = onTrack(effect, since);
      const km = Math.max(1, distanceKm(centre, at));
      const speed = weight * windMs * (km < radiusKm ? km / radiusKm : (radiusKm / km) ** 0.6);
      // Anticlockwise round the centre (northern hemisphere), turned 20 degrees inwards.
      const angle = Math.atan2(northKm(centre, at), eastKm(centre, at)) + Math.PI / 2 + (20 * Math.PI) / 180;
      return { east: speed * Math.cos(angle), north: speed * Math.sin(angle) };
    }
    return null;
  }

  /** Factor on the ordinary wind and on the ordinary rain. */
  calm(time: number): { wind: number; rain: number } {
    for (const { effect } of this.#effects(time)) {
      if (effect.kind === "heat") return { wind: effect.windFactor, rain: 0 };
    }
    return { wind: 1, rain: 1 };
  }

  /** Change of sea-level pressure, hPa. */
  pressure(time: number, at: Place): number {
    let sum = 0;
    for (const { effect, since, weight } of this.#effects(time)) {
      if (effect.kind !== "cyclone") continue;
      const { centre, pressureHpa, radiusKm } = onTrack(effect, since);
      sum -= weight * (1010 - pressureHpa) * Math.exp(-distanceKm(centre, at) / (4 * radiusKm));
    }
    return sum;
  }

  /** Change of air temperature in Cel; `climateMax` is the month's mean daily maximum, `sun` 0 at night to 1 at noon. */
  temperature(time: number, climateMax: number, sun: number): number {
    let sum = 0;
    for (const { effect, since, weight } of this.#effects(time)) {
      if (effect.kind === "cyclone") sum -= weight;
      if (effect.kind !== "heat") continue;
      const max = effect.maxCel[Math.min(effect.maxCel.length - 1, Math.floor(since / dayMs))] ?? climateMax;
      sum += weight * (max - climateMax) * (0.6 + 0.4 * sun);
    }
    return sum;
  }

  /** Storm surge at the coast, m. */
  surge(time: number, at: Place): number {
    let sum = 0;
    for (const { effect, since, weight } of this.#effects(time)) {
      if (effect.kind !== "cyclone") continue;
      const { centre, windMs } = onTrack(effect, since);
      const strongest = Math.max(...effect.track.map((point) => point.windMs));
      sum += weight * effect.surgeM * (windMs / strongest) * Math.exp(-((distanceKm(centre, at) / 120) ** 2));
    }
    return sum;
  }

  /** Waves that a storm at sea sends, significant height in m. */
  waves(time: number, at: Place): number {
    let sum = 0;
    for (const { effect, since, weight } of this.#effects(time)) {
      if (effect.kind !== "cyclone") continue;
      const { centre, windMs } = onTrack(effect, since);
      sum += weight * 0.16 * windMs * Math.exp(-distanceKm(centre, at) / 350);
    }
    return sum;
  }

  /** Whether a station's readings of an instant reach nobody now; `item` tells stations apart. */
  silence(time: number, item: number, at: Place): Silence | null {
    for (const { effect, since } of this.#effects(time, 0)) {
      if (effect.kind !== "outage" || !covers(effect, since, at)) continue;
      const draw = uniform(keyOf(this.#seed, "scenario-outage"), item);
      if (draw >= effect.share) continue;
      return draw < effect.share * effect.delivered ? "late" : "lost";
    }
    return null;
  }

  /** Whether mains power fails at a place. */
  powerCut(time: number, at: Place): boolean {
    for (const { effect, since } of this.#effects(time, 0)) {
      if (effect.kind === "outage" && effect.power && covers(effect, since, at)) return true;
    }
    return false;
  }

  *#effects(time: number, fade = fadeMs): Generator<{ effect: Effect; since: number; weight: number }> {
    for (const play of this.#plays) {
      if (time < play.startedAt || time >= play.endsAt + fade) continue;
      const weight = time < play.endsAt ? 1 : 1 - (time - play.endsAt) / fade;
      for (const effect of play.plan.effects) yield { effect, since: time - play.startedAt, weight };
    }
  }
}

function covers(effect: Extract<Effect, { kind: "outage" }>, since: number, at: Place): boolean {
  if (since < effect.start || since >= effect.start + effect.duration) return false;
  return distanceKm({ lat: effect.centre[0], lon: effect.centre[1] }, at) <= effect.radiusKm;
}

/** Centre and strength of a storm, linear between the points of its track. */
export function onTrack(
  effect: Extract<Effect, { kind: "cyclone" }>,
  since: number,
): { centre: Place; pressureHpa: number; windMs: number; radiusKm: number } {
  const track = effect.track;
  const next = Math.max(
    1,
    track.findIndex((point) => point.at > since),
  );
  const after = since >= (track.at(-1)?.at ?? 0) ? track.length - 1 : next;
  const a = track[after - 1];
  const b = track[after];
  if (!a || !b) return { centre: { lat: 0, lon: 0 }, pressureHpa: 1010, windMs: 0, radiusKm: 1 };
  const f = Math.min(1, Math.max(0, (since - a.at) / Math.max(1, b.at - a.at)));
  const between = (x: number, y: number): number => x + (y - x) * f;
  return {
    centre: { lat: between(a.centre[0], b.centre[0]), lon: between(a.centre[1], b.centre[1]) },
    pressureHpa: between(a.pressureHpa, b.pressureHpa),
    windMs: between(a.windMs, b.windMs),
    radiusKm: between(a.radiusKm, b.radiusKm),
  };
}

function cycloneRain(effect: Extract<Effect, { kind: "cyclone" }>, since: number, at: Place): number {
  const { centre, windMs, radiusKm } = onTrack(effect, since);
  const strongest = Math.max(...effect.track.map((point) => point.windMs));
  const km = distanceKm(centre, at);
  const outwards = km <= radiusKm ? 1 : Math.exp(-(km - radiusKm) / effect.rainFadeKm);
  // Spiral bands: stronger and weaker rain every 60 km, turning once in six hours.
  const turn = Math.atan2(northKm(centre, at), eastKm(centre, at)) + km / 60 - (since / (6 * hourMs)) * 2 * Math.PI;
  return effect.rainMmPerHour * Math.sqrt(windMs / strongest) * outwards * (0.7 + 0.6 * Math.sin(turn) ** 2);
}

function cellRain(effect: Extract<Effect, { kind: "rain-cells" }>, since: number, at: Place): number {
  let sum = 0;
  for (const cell of effect.cells) {
    const elapsed = since - cell.start;
    if (elapsed <= 0 || elapsed >= cell.duration) continue;
    const way = elapsed / cell.duration;
    const centre = {
      lat: cell.from[0] + (cell.to[0] - cell.from[0]) * way,
      lon: cell.from[1] + (cell.to[1] - cell.from[1]) * way,
    };
    const strength = Math.min(1, elapsed / cell.rise, (cell.duration - elapsed) / cell.rise);
    sum += cell.mmPerHour * strength * Math.exp(-((distanceKm(centre, at) / cell.radiusKm) ** 2));
  }
  return sum;
}
