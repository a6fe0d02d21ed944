import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { chooser, normal, round, someOf, spread } from "./draws.ts";
import type { PlayedDataset, Row } from "./played.ts";
import { periodic, register } from "./series.ts";

const serviceAnchors = z.object({
  press: z.object({ services_with_records_pct: z.number(), on_national_portal_pct: z.number() }),
  assumed: z.object({
    services: z.record(z.string(), z.number()),
    actions: z.array(z.string()).min(1),
    objects: z.record(z.string(), z.array(z.string()).min(1)),
  }),
});

export interface PublicService {
  code: string;
  name: string;
  agency: string;
  level: "full" | "partial" | "information";
  oneStop: boolean;
  national: boolean;
  /** Online files of a usual year; 0: nobody has used it online. */
  records: number;
  days: number;
}

/**
 * The catalogue of services: names from actions and objects, ratios of the press exact. All that can be fully online are.
 */
export function publicServicesOf(city: PlayedCity): PublicService[] {
  const { press, assumed } = city.anchors("public-services", serviceAnchors);
  let number = 0;
  const services = Object.entries(assumed.services).flatMap(([agency, count]) => {
    const objects = assumed.objects[agency] ?? [agency];
    return Array.from({ length: count }, (_, i): PublicService => {
      number += 1;
      const next = city.stream(i, "service", agency);
      const object = objects[i % objects.length] ?? "";
      const action = assumed.actions[Math.floor(i / objects.length) % assumed.actions.length] ?? "";
      const again = Math.floor(i / (objects.length * assumed.actions.length));
      const kind = next();
      return {
        code: `${1 + Math.floor(2 * next())}.${String(100_000 + number * 7)
          .slice(1)
          .padStart(6, "0")}`,
        name: `${action} ${object}${again > 0 ? ` (${again + 1})` : ""}`,
        agency,
        level: kind < 0.64 ? "full" : kind < 0.9 ? "partial" : "information",
        oneStop: next() < 0.86,
        national: false,
        records: Math.round(3 + 900 * next() ** 6),
        days: [1, 2, 3, 3, 5, 5, 7, 10, 10, 15, 20, 30][Math.floor(12 * next())] ?? 5,
      };
    });
  });
  const online = services.filter(({ level }) => level !== "information");
  const ranked = (purpose: string): PublicService[] =>
    online.toSorted((a, b) => city.fixed(purpose, a.code) - city.fixed(purpose, b.code));
  const national = Math.round((online.length * press.on_national_portal_pct) / 100);
  for (const service of ranked("national").slice(0, national)) service.national = true;
  const used = Math.round((online.length * press.services_with_records_pct) / 100);
  for (const service of ranked("used").slice(used)) service.records = 0;
  for (const service of services) if (service.level === "information") service.records = 0;
  return services;
}

export function publicServices(city: PlayedCity): PlayedDataset {
  const services = publicServicesOf(city);
  return register(city, {
    id: "public-services",
    unit: "month",
    *rows(at) {
      const month = Math.floor(at / (30 * dayMs));
      for (const { code, name, agency, level, oneStop, national, records, days } of services) {
        const row: Row = {
          service_code: code,
          name_vi: name,
          agency_id: agency,
          full_online_eligible: level === "full",
          online_level: level,
          one_stop: oneStop,
          on_national_portal: national,
          online_records_12m:
            records === 0 ? 0 : Math.max(1, Math.round(records * spread(city.stream(month, "records", code), 0.05))),
          statutory_days: days,
        };
        yield row;
      }
    },
  });
}

const reportAnchors = z.object({
  press: z.object({ year: z.number(), online_pct: z.number() }),
  assumed: z.object({ agencies: z.array(z.string()) }),
});

export function stateReports(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("state-reports-monthly", reportAnchors);
  return periodic(city, {
    id: "state-reports-monthly",
    unit: "month",
    back: 72,
    delayMs: 5 * dayMs,
    since: `${press.year}-01-01`,
    *rows({ index, label, month }) {
      for (const agency of assumed.agencies) {
        const next = city.stream(index, "reports", agency);
        const usual = 5 + Math.floor(18 * city.fixed("reports", agency));
        const due = usual + (month % 3 === 2 ? 6 : 0) + (month === 11 ? 5 : 0) + Math.floor(3 * next());
        yield {
          month: label,
          agency_id: agency,
          reports_due: due,
          reports_online: Math.round((due * press.online_pct) / 100),
          reports_late: someOf(next, due, 0.04),
        };
      }
    },
  });
}

const indexTable = z.object({ components: z.record(z.string(), z.number()) });
const columns = [
  "transparency",
  "progress",
  "digitisation",
  "online_provision",
  "online_payment",
  "satisfaction",
] as const;

/** Components of the index of agencies that take files, up to the maxima of the reference table; rising slowly. */
export function serviceQuality(city: PlayedCity): PlayedDataset {
  const agencies = Object.keys(city.anchors("public-services", serviceAnchors).assumed.services);
  const maxima = indexTable.safeParse(city.world.network.reference["service_quality_766"]).data?.components ?? {};
  return periodic(city, {
    id: "service-quality-monthly",
    unit: "month",
    back: 26,
    delayMs: 5 * dayMs,
    *rows({ index, label, day }) {
      const years = city.yearsSince(2025, day);
      for (const agency of agencies) {
        const next = city.stream(index, "quality", agency);
        const own = city.fixed("quality", agency);
        const points = columns.map((column) => {
          const share =
            0.84 + 0.1 * own + 0.06 * city.fixed("quality", agency, column) + 0.012 * years + 0.015 * normal(next);
          return [column, round((maxima[column] ?? 0) * clamp(share, 0.4, 1), 2)] as const;
        });
        yield { month: label, agency_id: agency, ...Object.fromEntries(points) };
      }
    },
  });
}

/** Draws a service by how often it is used. */
export function serviceChooser(services: readonly PublicService[]): (uniform: number) => PublicService | undefined {
  return chooser(services.map((service) => [service, 4 + service.records]));
}
