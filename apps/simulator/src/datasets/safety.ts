import { z } from "zod";
import { dayMs, hourMs, minuteMs, shapeAt } from "../world/calendar.ts";
import { clamp, smooth } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, normal, poisson, round, someOf, spread } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, periodic, timed } from "./series.ts";

const fireTypes = (dry: boolean): ((uniform: number) => string | undefined) =>
  chooser<string>([
    ["building", 26],
    ["vehicle", 8],
    ["forest", dry ? 9 : 1],
    ["market", 1.5],
    ["electrical", 20],
    ["rescue", 25],
    ["false-alarm", 12],
  ]);

/** Fires and rescues, 12 a year for 100,000 people, as the hours of one go by. */
export function fireIncidents(city: PlayedCity): PlayedDataset {
  const perDay = (city.people / 100_000) * (12 / 365.25);
  const [dry, wet] = [fireTypes(true), fireTypes(false)];
  return cases(city, {
    id: "fire-incidents",
    everyMs: 10 * minuteMs,
    backDays: 800,
    settleDays: 2,
    of(day) {
      const next = city.stream(day, "fires");
      const month = city.calendar.month(day);
      const season = month >= 3 && month <= 8 ? 1.2 : 0.85;
      const typeOf = month >= 3 && month <= 7 && city.rainOn(day) < 2 ? dry : wet;
      return Array.from({ length: poisson(next, perDay * season) }, (_, i): Case => {
        const type = typeOf(next()) ?? "building";
        const area = city.areaByPeople(next());
        const reported = Math.round(city.at(day, 24 * next() ** 0.85) / minuteMs) * minuteMs;
        const dispatched = reported + Math.round(60 * (0.7 + 0.9 * next())) * 1000;
        const far = type === "forest" ? 2.5 : 1.9 - 0.9 * (area?.urban ?? 0.5);
        const arrived = dispatched + Math.round(60 * 4.6 * far * spread(next, 0.38)) * 1000;
        const controlled = arrived + Math.round((type === "false-alarm" ? 6 : 28) * spread(next, 0.7)) * minuteMs;
        const fire = type !== "rescue" && type !== "false-alarm";
        const deaths = type === "rescue" ? (next() < 0.12 ? 1 : 0) : fire && next() < 0.012 ? 1 : 0;
        const row = {
          incident_id: `${city.date(day)}-${i + 1}`,
          type,
          area_code: area?.id ?? city.cityArea,
          reported_at: city.iso(reported),
          deaths,
          injured: type === "false-alarm" ? 0 : poisson(next, fire ? 0.09 : 0.35),
        };
        const loss = fire ? round(0.02 + 0.9 * next() ** 5 * (type === "market" ? 6 : 1), 3) : 0;
        const known = (time: number, at: number): string | null => (time <= at ? city.iso(time) : null);
        return {
          times: [reported, dispatched, arrived, controlled],
          row: (at) => ({
            ...row,
            dispatched_at: known(dispatched, at),
            arrived_at: known(arrived, at),
            controlled_at: known(controlled, at),
            loss_vnd_bn: controlled <= at ? loss : null,
          }),
        };
      });
    },
  });
}

/** Calls a day for 100,000 people, share of hoaxes. */
const callRates: Readonly<Record<string, { perDay: number; hoax: number }>> = {
  "112": { perDay: 1.2, hoax: 0.12 },
  "113": { perDay: 26, hoax: 0.09 },
  "114": { perDay: 4.5, hoax: 0.22 },
  "115": { perDay: 13, hoax: 0.05 },
};
const callHours = [
  0.7, 0.5, 0.4, 0.35, 0.35, 0.5, 0.8, 1, 1.05, 1.05, 1.1, 1.15, 1.1, 1, 1, 1.05, 1.15, 1.3, 1.45, 1.5, 1.5, 1.4, 1.2,
  0.95,
];

/** Calls of an hour, labelled by its end. */
export function emergencyCalls(city: PlayedCity): PlayedDataset {
  const services = city.values("emergency-calls-hourly", "service");
  return timed(city, {
    id: "emergency-calls-hourly",
    slotMs: hourMs,
    backMs: 63 * dayMs,
    *rows(time) {
      const day = city.calendar.day(time - 1);
      const busy =
        (city.isNewYear(day) ? 1.25 : city.calendar.isWeekend(day) ? 1.12 : 0.96) * (1 + city.rainOn(day) / 400);
      for (const service of services) {
        const rate = callRates[service] ?? { perDay: 2, hoax: 0.1 };
        const next = city.stream(time / hourMs, "calls", service);
        const mean = (rate.perDay * city.people) / 2_400_000;
        const calls = poisson(next, mean * busy * shapeAt(callHours, city.calendar.hour(time - hourMs / 2)));
        const answered = someOf(next, calls, 0.985);
        yield {
          hour: city.iso(time),
          service,
          calls,
          answered,
          answered_20s: someOf(next, answered, clamp(0.955 - calls / (60 * mean + 40), 0.6, 0.99)),
          hoax: someOf(next, answered, rate.hoax),
        };
      }
    },
  });
}

/** Cases a year for 100,000 people and the share that is solved. */
const crimeRates: Readonly<Record<string, { perYear: number; solved: number; urban: number }>> = {
  theft: { perYear: 38, solved: 0.74, urban: 1 },
  fraud: { perYear: 13, solved: 0.58, urban: 0.8 },
  drugs: { perYear: 15, solved: 0.99, urban: 1 },
  assault: { perYear: 8, solved: 0.96, urban: 0.5 },
  "public-order": { perYear: 6, solved: 0.97, urban: 0.7 },
  robbery: { perYear: 2.6, solved: 0.93, urban: 1.2 },
};

export function crime(city: PlayedCity): PlayedDataset {
  const types = city.values("crime-monthly", "type");
  return periodic(city, {
    id: "crime-monthly",
    unit: "month",
    back: 26,
    delayMs: 4 * dayMs,
    *rows({ index, day, label, month }) {
      const season = month === 0 || month === 11 ? 1.12 : 1;
      const fewer = 0.97 ** city.yearsSince(2025, day);
      for (const area of city.areas) {
        for (const type of types) {
          const rate = crimeRates[type] ?? { perYear: 5, solved: 0.9, urban: 0.5 };
          const next = city.stream(index, "crime", area.id, type);
          const local = 0.5 + rate.urban * area.urban * (0.7 + 0.6 * city.fixed("crime", area.id));
          const count = poisson(next, ((rate.perYear / 12) * area.people * local * season * fewer) / 100_000);
          yield { month: label, area_code: area.id, type, cases: count, solved: someOf(next, count, rate.solved) };
        }
      }
    },
  });
}

/** About fifteen visits a working day among premises that are seen again every year or two. */
export function fireInspections(city: PlayedCity): PlayedDataset {
  const premises = 4200;
  return cases(city, {
    id: "fire-inspections",
    everyMs: dayMs / 2,
    backDays: 420,
    settleDays: 1,
    of(day) {
      if (!city.isWorkingDay(day)) return [];
      const next = city.stream(day, "fire-inspections");
      return Array.from({ length: 9 + Math.floor(next() * 12) }, (_, i): Case => {
        const number = Math.floor(next() * premises);
        const fixed = city.stream(number, "premises");
        const area = city.areaByCity(fixed());
        const compliant = next() < 0.78 + 0.18 * fixed();
        const row = {
          inspection_id: `${city.date(day)}-${i + 1}`,
          premises_id: `pr-${String(number).padStart(4, "0")}`,
          area_code: area?.id ?? city.cityArea,
          inspected_on: city.date(day),
          compliant,
          suspended: !compliant && next() < 0.14,
        };
        return { times: [city.at(day, 17.5)], row: () => row };
      });
    },
  });
}

const beachAnchors = z.object({ assumed: z.object({ visitors_per_day: z.record(z.string(), z.number()) }) });
const beachMonth = [0.35, 0.45, 0.65, 0.95, 1.25, 1.75, 1.9, 1.6, 0.95, 0.5, 0.3, 0.3];

/** Visitors, rescues and flags: red while the north-east monsoon blows or it pours. */
export function beachLog(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("beach-log", beachAnchors);
  const beaches = city.beaches("beach-log").map((beach) => [beach, assumed.visitors_per_day[beach] ?? 500] as const);
  const open = 13.5;
  return periodic(city, {
    id: "beach-log",
    unit: "day",
    back: 420,
    delayMs: 0,
    *rows({ day, label, month, index }) {
      const surge = (city.world.weather.monsoonSurge(city.at(day, 12)) - 1) / 0.35;
      const rain = city.rainOn(day);
      const rough = clamp(
        surge + rain / 60 + (month >= 9 || month === 0 ? 0.25 : 0) + 0.2 * smooth(city.key("sea"), day, 2),
        0,
        1,
      );
      const crowd =
        (beachMonth[month] ?? 1) * (city.calendar.isWeekend(day) ? 1.35 : 0.88) * (city.isHoliday(day) ? 1.5 : 1);
      for (const [beach, mean] of beaches) {
        const next = city.stream(index, "beach", beach);
        const people = Math.round(mean * crowd * (1 - 0.75 * rough) * Math.exp(-rain / 45) * spread(next, 0.15));
        const red = rough < 0.3 ? 0 : round(open * clamp((rough - 0.3) * 1.3 + 0.06 * normal(next), 0, 1), 1);
        const yellow = round((open - red) * clamp(0.12 + 0.5 * rough + 0.08 * normal(next), 0, 1), 1);
        const rescues = poisson(next, (people / 10_000) * (1.1 + 4 * rough));
        yield {
          beach_id: beach,
          date: label,
          visitors: people,
          rescues,
          drownings: next() < (people / 10_000) * 0.004 * (1 + 6 * rough) ? 1 : 0,
          red_flag_hours: red,
          yellow_flag_hours: yellow,
          open_hours: open,
        };
      }
    },
  });
}
