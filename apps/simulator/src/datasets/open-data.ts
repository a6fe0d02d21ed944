import { z } from "zod";
import { dayMs, hourMs } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { poisson, round, shareOut, someOf, spread } from "./draws.ts";
import type { OpenDataset } from "./open-catalogue.ts";
import { OpenCatalogue } from "./open-catalogue.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { periodic } from "./series.ts";

export function openDataCatalogue(city: PlayedCity): PlayedDataset {
  const catalogue = new OpenCatalogue(city);
  const rowOf = (dataset: OpenDataset, at: number): Row => ({
    dataset_id: dataset.id,
    title_vi: dataset.title,
    agency_id: dataset.agency,
    group: dataset.group,
    classification: dataset.open ? "open" : "conditional",
    published_on: city.date(dataset.day),
    updated_at: city.iso(catalogue.updatedAt(dataset, at)),
    frequency: dataset.frequency,
    machine_readable: city.fixed("readable", dataset.id) < 0.93,
    has_api: city.fixed("api", dataset.id) < 0.58,
    on_national_portal: dataset.open,
    licence: dataset.open ? "CC-BY-4.0" : "AGREEMENT",
  });
  const publishedAt = ({ day }: OpenDataset): number => city.at(day, 9);
  const until = (time: number): readonly OpenDataset[] => catalogue.until(city.calendar.day(time));
  return {
    id: "open-data-catalogue",
    everyMs: dayMs / 4,
    backMs: 20 * 365.25 * dayMs,
    *rows(from, to, at) {
      for (const dataset of until(to)) {
        const time = publishedAt(dataset);
        if (time > from && time <= to) yield rowOf(dataset, at);
      }
    },
    *changed(from, to) {
      for (const dataset of until(from)) {
        if (publishedAt(dataset) > from) continue;
        if (catalogue.updatedAt(dataset, from) !== catalogue.updatedAt(dataset, to)) yield rowOf(dataset, to);
      }
    },
  };
}

const portalAnchors = z.object({
  press: z.record(z.string().regex(/^\d{4}$/), z.object({ users_total: z.number(), visits_total: z.number() })),
  assumed: z.object({ begin: z.iso.date() }),
});

interface Span {
  day: number;
  days: number;
  users: number;
  usersAtEnd: number;
  visits: readonly number[];
}

/** Weight of a day's visits: workdays, and a rush in the middle of the first span, when everybody looked for data. */
function visitWeight(city: PlayedCity, day: number, part: number | null): number {
  const week = city.isHoliday(day) ? 0.5 : city.calendar.isWeekend(day) ? 0.66 : 1.14;
  const rush = part === null ? 0 : 1.6 * Math.exp(-(((part - 0.5) / 0.17) ** 2));
  return (0.45 + rush) * week * spread(city.stream(day, "visits"), 0.12);
}

/** Spans between the ends of the years that the press gives totals of; their days sum up exactly. */
function portalSpans(city: PlayedCity): Span[] {
  const { press, assumed } = city.anchors("portal-usage-daily", portalAnchors);
  const years = Object.entries(press).toSorted(([a], [b]) => Number(a) - Number(b));
  let day = Date.parse(assumed.begin) / dayMs;
  let [users, visits] = [0, 0];
  return years.map(([year, total], i) => {
    const days = Date.UTC(Number(year) + 1, 0, 1) / dayMs - day;
    const weights = Array.from({ length: days }, (_, k) => visitWeight(city, day + k, i === 0 ? k / days : null));
    const span = {
      day,
      days,
      users,
      usersAtEnd: total.users_total,
      visits: shareOut(total.visits_total - visits, weights),
    };
    [day, users, visits] = [day + days, total.users_total, total.visits_total];
    return span;
  });
}

/** Visits of the portal since it began: their sum is the total that the press gives for the ends of years. */
export function portalUsage(city: PlayedCity): PlayedDataset {
  const spans = portalSpans(city);
  const last = spans.at(-1);
  const perDay = last ? last.visits.reduce((a, b) => a + b, 0) / last.days : 0;
  const dayRow = (day: number): { visits: number; users: number } | null => {
    const span = spans.find((one) => day >= one.day && day < one.day + one.days);
    if (span) {
      const part = (day - span.day + 1) / span.days;
      return {
        visits: span.visits[day - span.day] ?? 0,
        users: Math.floor(span.users + (span.usersAtEnd - span.users) * part + 1e-9),
      };
    }
    if (!last || day < last.day) return null;
    const years = (day - last.day - last.days) / 365.25;
    const weight = visitWeight(city, day, null) / 0.45;
    const joined = ((last.usersAtEnd - last.users) / last.days) * (day - last.day - last.days + 1) * 1.05;
    return { visits: Math.round(perDay * 1.05 ** years * weight), users: last.usersAtEnd + Math.floor(joined) };
  };
  return periodic(city, {
    id: "portal-usage-daily",
    unit: "day",
    back: 20 * 366,
    delayMs: hourMs,
    *rows({ day, label, index }) {
      const row = dayRow(day);
      if (!row) return;
      const next = city.stream(index, "portal");
      const growth = clamp(0.4 + 0.12 * city.yearsSince(2022, day), 0.1, 3);
      yield {
        date: label,
        visits: row.visits,
        users_total: row.users,
        downloads: someOf(next, row.visits, 0.055),
        api_calls: Math.round(row.visits * growth * spread(next, 0.15)),
      };
    },
  });
}

/** Datasets that other bodies use and that are checked: the first open ones. */
function checkedDatasets(city: PlayedCity): OpenDataset[] {
  const begun = new OpenCatalogue(city).until(Date.UTC(2022, 0, 1) / dayMs);
  return begun.filter(({ open }) => open).slice(0, 120);
}

const sharingAnchors = z.object({
  press: z.object({ other_province_consumers: z.number() }),
  assumed: z.object({
    other_provinces: z.array(z.string()),
    city_agencies: z.array(z.string()),
    national: z.array(z.string()),
    business: z.array(z.string()),
    citizen: z.array(z.string()),
  }),
});

interface Flow {
  consumer: string;
  kind: string;
  perDay: number;
}

/** Who takes data: as many bodies elsewhere as the press says, city agencies, wards, ministries, firms, an app for citizens. */
function consumersOf(city: PlayedCity): Flow[] {
  const { press, assumed } = city.anchors("data-sharing-log", sharingAnchors);
  const wards = city.areas.toSorted((a, b) => b.people - a.people).slice(0, 4);
  const make = (kind: string, perDay: number, ids: readonly string[]): Flow[] =>
    ids.map((consumer) => ({ consumer, kind, perDay }));
  return [
    ...make("other-province", 18, assumed.other_provinces.slice(0, press.other_province_consumers)),
    ...make("national", 60, assumed.national),
    ...make("city-agency", 140, assumed.city_agencies),
    ...make(
      "ward",
      45,
      wards.map(({ id }) => `ward-${id}`),
    ),
    ...make("business", 90, assumed.business),
    ...make("citizen", 420, assumed.citizen),
  ];
}

/** Requests by day, provider, consumer and dataset; quiet on weekends. */
export function dataSharing(city: PlayedCity): PlayedDataset {
  const datasets = checkedDatasets(city);
  const flows = consumersOf(city).flatMap((flow, i) => {
    const dataset = datasets[(i * 7) % Math.max(1, datasets.length)];
    return dataset ? [{ ...flow, dataset }] : [];
  });
  return periodic(city, {
    id: "data-sharing-log",
    unit: "day",
    back: 400,
    delayMs: hourMs,
    *rows({ day, label, index }) {
      const week = city.isWorkingDay(day) ? 1 : 0.35;
      const growth = 1.2 ** city.yearsSince(2026, day);
      for (const { consumer, kind, perDay, dataset } of flows) {
        const next = city.stream(index, "sharing", consumer);
        if (next() > 0.92 * (0.55 + 0.45 * week)) continue;
        const size = perDay * (0.5 + city.fixed("sharing", consumer)) * week * growth;
        const requests = poisson(next, size) + 1;
        yield {
          date: label,
          provider: dataset.agency,
          consumer,
          consumer_kind: kind,
          dataset_id: dataset.id,
          requests,
          failures: someOf(next, requests, next() < 0.03 ? 0.12 : 0.005),
        };
      }
    },
  });
}

const ruleFaults: Readonly<Record<string, number>> = {
  completeness: 0.035,
  validity: 0.02,
  uniqueness: 0.006,
  timeliness: 0.05,
  consistency: 0.025,
};

/** Five rules on a hundred and twenty datasets early on Mondays. */
export function dataQuality(city: PlayedCity): PlayedDataset {
  const datasets = checkedDatasets(city);
  const rules = city.values("data-quality-checks", "rule");
  return periodic(city, {
    id: "data-quality-checks",
    unit: "week",
    back: 5,
    delayMs: 2 * hourMs,
    *rows({ index, end }) {
      for (const { id } of datasets) {
        const size = Math.round(60 * 300 ** city.fixed("records", id));
        for (const rule of rules) {
          const next = city.stream(index, "quality", id, rule);
          const fault = (ruleFaults[rule] ?? 0.02) * 2.2 * city.fixed("fault", id, rule) ** 2 * spread(next, 0.25);
          const records = round(size * (1 + 0.002 * (index % 50)));
          yield {
            dataset_id: id,
            run_at: city.iso(end + 2 * hourMs),
            rule,
            records,
            failures: someOf(next, records, fault),
          };
        }
      }
    },
  });
}
