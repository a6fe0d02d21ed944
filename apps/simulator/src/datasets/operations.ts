import { dayMs, hourMs, minuteMs } from "../world/calendar.ts";
import { heatAt } from "./bulletins.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, poisson, round, someOf, spread } from "./draws.ts";
import { observedFloods } from "./observed-floods.ts";
import type { PlayedDataset, Row } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, timed } from "./series.ts";

interface Feed {
  id: string;
  /** Values of an hour. */
  values: number;
}

/** The kinds with most stations, each a feed of its own. */
function feedsOf(city: PlayedCity): Feed[] {
  const { kinds, stations } = city.world.network;
  const feeds = kinds.map((kind): Feed & { count: number } => {
    const count = stations.filter((station) => station.kind === kind.id).length;
    const perStation = kind.properties.reduce(
      (sum, { periodSeconds, technical }) => sum + (technical ? 0 : 3600 / periodSeconds),
      0,
    );
    return { id: kind.id, values: Math.max(1, Math.round(count * perStation)), count };
  });
  return feeds.toSorted((a, b) => b.count - a.count || a.id.localeCompare(b.id)).slice(0, 12);
}

/** Hourly deliveries as they were an hour after they were due: nearly all within minutes, a few late, some missing. */
export function ingestLog(city: PlayedCity): PlayedDataset {
  const feeds = feedsOf(city);
  return timed(city, {
    id: "ingest-log",
    slotMs: hourMs,
    backMs: 14 * dayMs,
    *rows(time) {
      const expected = time - hourMs;
      for (const { id, values } of feeds) {
        const next = city.stream(expected / hourMs, "delivery", id);
        const fate = next();
        const missing = fate < 0.006;
        const late = fate < 0.02;
        const delayMs = Math.round(late ? (7 + 45 * next()) * 60 : 12 + 90 * next() ** 2) * 1000;
        const records = missing ? 0 : someOf(next, values, 0.992);
        yield {
          feed_id: id,
          expected_at: city.iso(expected),
          received_at: missing ? null : city.iso(expected + delayMs),
          records,
          rejected: missing ? 0 : someOf(next, records, next() < 0.02 ? 0.03 : 0.0015),
        };
      }
    },
  });
}

const attackKinds = chooser<string>([
  ["scan", 30],
  ["brute-force", 22],
  ["web-attack", 20],
  ["phishing", 10],
  ["policy", 9],
  ["malware", 6],
  ["ddos", 2.4],
  ["data-leak", 0.6],
]);
const severities = chooser<string>([
  ["low", 58],
  ["medium", 31],
  ["high", 9.5],
  ["critical", 1.5],
]);
/** Hours until contained and until closed, by severity: the graver the faster. */
const containHours: Readonly<Record<string, number>> = { low: 20, medium: 9, high: 3.5, critical: 1.6 };

/** Fifteen events a day; one in nine is a confirmed incident, which is contained and then closed. */
export function securityEvents(city: PlayedCity): PlayedDataset {
  const systems = city.values("security-events", "system_id");
  return cases(city, {
    id: "security-events",
    everyMs: 5 * minuteMs,
    backDays: 400,
    settleDays: 25,
    of(day) {
      const next = city.stream(day, "security");
      const wave = next() < 0.03 ? 2.6 : 1;
      return Array.from({ length: poisson(next, 14.5 * wave) }, (_, i): Case => {
        const severity = severities(next()) ?? "low";
        const confirmed = next() < (severity === "low" ? 0.05 : severity === "medium" ? 0.16 : 0.35);
        const detected = Math.floor(city.at(day, 24 * next()) / 1000) * 1000;
        const contained = confirmed
          ? detected + Math.round((containHours[severity] ?? 8) * 60 * spread(next, 0.6)) * minuteMs
          : null;
        const closed = (contained ?? detected) + Math.round((confirmed ? 44 : 9) * 60 * spread(next, 0.7)) * minuteMs;
        const row = {
          event_id: `${city.date(day).replaceAll("-", "")}-${String(i + 1).padStart(3, "0")}`,
          detected_at: city.iso(detected),
          system_id: systems[Math.floor(systems.length * next() ** 1.4)],
          category: attackKinds(next()),
          severity,
          confirmed,
        };
        return {
          times: [detected, ...(contained === null ? [] : [contained]), closed].toSorted((a, b) => a - b),
          row: (at): Row => ({
            ...row,
            contained_at: contained !== null && contained <= at ? city.iso(contained) : null,
            closed_at: closed <= at ? city.iso(closed) : null,
          }),
        };
      });
    },
  });
}

interface Happening {
  hazard: string;
  area: string;
  start: number;
  hours: number;
  magnitude: number;
  source: string;
}

/**
 * What the simulated city saw on a day: great rain, the first day of a hot spell, and water in its densest units before the state of
 * the streets is known.
 */
function happeningsOf(city: PlayedCity, day: number): Happening[] {
  const rain = city.rainOn(day);
  const found: Happening[] = [];
  const next = city.stream(day, "happenings");
  if (rain >= 70) {
    found.push({
      hazard: "heavy-rain",
      area: city.cityArea,
      start: city.at(day, 2 + 8 * next()),
      hours: 8 + 8 * next(),
      magnitude: round(rain, 1),
      source: "rain-gauge",
    });
  }
  if (rain >= 90 && city.at(day + 1, 0) < city.worldFrom) {
    const dense = city.areas.filter(({ stations }) => stations.some(({ kind }) => kind === "street-flood"));
    for (const area of dense.filter((_, i) => city.fixed("flooded", day, i) < 0.25).slice(0, 3)) {
      found.push({
        hazard: "urban-flood",
        area: area.id,
        start: city.at(day, 6 + 10 * next()),
        hours: 2 + 5 * next(),
        magnitude: round(0.2 + 0.4 * next(), 2),
        source: "street-flood",
      });
    }
  }
  const noon = city.at(day, 12);
  if (heatAt(city, noon) > 0.5 && heatAt(city, noon - dayMs) <= 0.5) {
    found.push({
      hazard: "heat",
      area: city.cityArea,
      start: city.at(day, 10),
      hours: 54,
      magnitude: round(36.5 + 1.8 * next(), 1),
      source: "weather",
    });
  }
  return found;
}

/** Events that warnings are held against, told the next morning. */
export function observedEvents(city: PlayedCity): PlayedDataset {
  const hazards = new Set(city.values("observed-events", "hazard"));
  const drawn = cases(city, {
    id: "observed-events",
    everyMs: dayMs / 4,
    backDays: 730,
    lagDays: 4,
    settleDays: 4,
    of: (day) =>
      happeningsOf(city, day)
        .filter(({ hazard }) => hazards.has(hazard))
        .map(({ hazard, area, start, hours, magnitude, source }, i): Case => {
          const from = Math.floor(start / minuteMs) * minuteMs;
          const end = from + Math.round(hours * 60) * minuteMs;
          const row = {
            event_id: `${city.date(day)}-${hazard}-${i + 1}`,
            hazard,
            area_code: area,
            started_at: city.iso(from),
            ended_at: city.iso(end),
            magnitude,
            source,
          };
          return { times: [Math.max(end, city.at(day + 1, 7))], row: () => row };
        }),
  });
  return {
    ...drawn,
    *rows(from, to, at) {
      yield* drawn.rows(from, to, at);
      if (hazards.has("urban-flood")) yield* observedFloods(city, from, to);
    },
  };
}
