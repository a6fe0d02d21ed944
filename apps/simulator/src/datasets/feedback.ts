import { z } from "zod";
import { dayMs, hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import type { PlayedArea } from "./areas.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, normal, poisson, round, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import type { Case } from "./series.ts";
import { cases } from "./series.ts";

const category = z.object({ share_pct: z.number(), days: z.number(), agencies: z.array(z.string()).min(1) });
type Category = z.infer<typeof category>;
const ticketAnchors = z.object({
  assumed: z.object({
    tickets_per_day: z.number(),
    on_time_pct: z.number(),
    channel_pct: z.record(z.string(), z.number()),
    categories: z.record(z.string(), category),
  }),
});

const talkHours = [
  0.15, 0.1, 0.08, 0.08, 0.15, 0.4, 0.9, 1.5, 1.9, 1.9, 1.7, 1.3, 1, 1.2, 1.6, 1.7, 1.7, 1.5, 1.3, 1.2, 1.1, 0.8, 0.5,
  0.3,
];
const hourOf = chooser(talkHours.map((weight, hour) => [hour, weight]));

/** What happens to a ticket: closed in time or late, now and then opened again, rated by some. */
function ticketCase(
  city: PlayedCity,
  fixed: Row,
  received: number,
  rule: Category,
  onTime: number,
  next: () => number,
): Case {
  const due = received + rule.days * dayMs;
  const late = next() >= onTime;
  const used = late ? 1 + 0.9 * next() ** 2 + 0.05 : Math.min(0.98, 0.08 + 0.75 * next() ** 1.4);
  const closed = received + Math.round((used * rule.days * dayMs) / minuteMs) * minuteMs;
  const reopened = next() < 0.03 ? closed + Math.round((4 + 40 * next()) * 60) * minuteMs : null;
  const closedAgain = reopened === null ? null : reopened + Math.round((12 + 60 * next()) * 60) * minuteMs;
  const last = closedAgain ?? closed;
  const happy = next() < (late || reopened !== null ? 0.6 : 0.93);
  const rating = next() < 0.42 ? (happy ? 4 + Math.round(next()) : 1 + Math.floor(3 * next())) : null;
  const rated = last + Math.round((0.5 + 20 * next()) * 60) * minuteMs;
  const closedAt = (at: number): number | null => {
    if (closedAgain !== null && closedAgain <= at) return closedAgain;
    if (reopened !== null && reopened <= at) return null;
    return closed <= at ? closed : null;
  };
  const changes = [closed, reopened, closedAgain, rating === null ? null : rated];
  return {
    times: [received, ...changes.filter((time) => time !== null)],
    row: (at) => {
      const end = closedAt(at);
      return {
        ...fixed,
        due_at: city.iso(due),
        closed_at: end === null ? null : city.iso(end),
        rating: rating !== null && rated <= at ? rating : null,
        reopened: reopened !== null && reopened <= at,
      };
    },
  };
}

/** Tickets of 1022; on wet days more of them about flooding, near the street-flood towers. */
export function feedbackTickets(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("feedback-tickets", ticketAnchors);
  const channels = chooser(Object.entries(assumed.channel_pct));
  const kinds = chooser(Object.entries(assumed.categories).map(([id, { share_pct }]) => [id, share_pct]));
  const flooded = city.areas.flatMap((area) =>
    area.stations.filter(({ kind }) => kind === "street-flood").map((station) => ({ area, station })),
  );
  const place = (
    kind: string,
    next: () => number,
  ): { area: PlayedArea | undefined; point: [number, number] | null } => {
    const tower = kind === "flooding" ? flooded[Math.floor(next() * flooded.length)] : undefined;
    if (!tower) {
      const area = city.areaByCity(next());
      return { area, point: area ? city.place(area, next) : null };
    }
    const { lat, lon } = tower.station;
    return { area: tower.area, point: [round(lon + 0.001 * normal(next), 5), round(lat + 0.001 * normal(next), 5)] };
  };
  return cases(city, {
    id: "feedback-tickets",
    everyMs: 15 * minuteMs,
    backDays: 400,
    settleDays: 30,
    of(day) {
      const next = city.stream(day, "tickets");
      const quiet = city.isNewYear(day) ? 0.45 : city.calendar.isWeekend(day) ? 0.72 : 1.11;
      const usual = poisson(next, assumed.tickets_per_day * quiet * 1.04 ** city.yearsSince(2026, day));
      const wet = assumed.categories["flooding"]
        ? poisson(next, Math.min(60, Math.max(0, city.rainOn(day) - 35) * 0.35))
        : 0;
      return Array.from({ length: usual + wet }, (_, i): Case => {
        const own = city.stream(i, "ticket", day);
        const kind = i >= usual ? "flooding" : (kinds(own()) ?? "other");
        const rule = assumed.categories[kind] ?? { share_pct: 1, days: 5, agencies: ["ioc"] };
        const received = city.at(day, (hourOf(own()) ?? 9) + own());
        const { area, point } = place(kind, own);
        const fixed = {
          ticket_id: `1022-${city.date(day).replaceAll("-", "")}-${String(i + 1).padStart(3, "0")}`,
          channel: channels(own()),
          category: kind,
          received_at: city.iso(received),
          agency_id: rule.agencies[own() < 0.68 ? 0 : Math.floor(own() * rule.agencies.length)] ?? "ioc",
          area_code: area?.id ?? city.cityArea,
          location: point,
        };
        return ticketCase(city, fixed, received, rule, assumed.on_time_pct / 100, own);
      });
    },
  });
}

const slotMs = 30 * minuteMs;

interface FloodReport {
  time: number;
  checked: number | null;
  row: Row;
}

/**
 * Reports of people who stand at water of the simulated streets: at every half hour each tower under 0.12 m or more may bring
 * one or two. Only where the state of the world is known.
 */
export function floodReports(city: PlayedCity): PlayedDataset {
  const { floods } = city.world;
  const areaOf = new Map(city.areas.flatMap((area) => area.stations.map(({ id }) => [id, area.id])));
  const awake = (time: number): number => clamp(shapeAt(talkHours, city.calendar.hour(time)), 0.1, 1);
  const towerReports = (index: number, slot: number): FloodReport[] => {
    const station = floods.streets[index];
    const end = slot * slotMs;
    const depth = floods.streetDepth(index, end);
    if (!station || depth < 0.12) return [];
    const next = city.stream(slot, "flood-report", station.id);
    const people = next() < Math.min(0.85, depth * 1.6) * awake(end) ? (next() < 0.25 ? 2 : 1) : 0;
    return Array.from({ length: people }, (_, i): FloodReport => {
      const time = end - Math.floor(next() * 29) * minuteMs;
      const seen = Math.max(5, Math.round((floods.streetDepth(index, time) * 100 * spread(next, 0.18)) / 5) * 5);
      const seenByOthers = next() < 0.75;
      return {
        time,
        checked: seenByOthers ? time + Math.round(15 + 50 * next()) * minuteMs : null,
        row: {
          report_id: `${station.id}-${slot}-${i + 1}`,
          reported_at: city.iso(time),
          location: [round(station.lon + 0.0008 * normal(next), 5), round(station.lat + 0.0008 * normal(next), 5)],
          area_code: areaOf.get(station.id) ?? city.cityArea,
          depth_cm: seen,
        },
      };
    });
  };
  /** Reports of the whole slots that end in (from, to]. */
  function* between(from: number, to: number): Iterable<FloodReport> {
    const first = Math.floor(Math.max(from, city.worldFrom) / slotMs) + 1;
    const last = Math.floor(Math.min(to, city.world.reachedTo) / slotMs);
    for (let slot = first; slot <= last; slot += 1) {
      for (let i = 0; i < floods.streets.length; i += 1) yield* towerReports(i, slot);
    }
  }
  const told = ({ checked, row }: FloodReport, at: number): Row => ({
    ...row,
    verified: checked !== null && checked <= at,
  });
  return {
    id: "flood-reports",
    everyMs: slotMs,
    backMs: 400 * dayMs,
    *rows(from, to, at) {
      for (const report of between(from, to)) yield told(report, at);
    },
    *changed(from, to) {
      for (const report of between(from - 3 * hourMs, from)) {
        if (report.checked !== null && report.checked > from && report.checked <= to) yield told(report, to);
      }
    },
  };
}
