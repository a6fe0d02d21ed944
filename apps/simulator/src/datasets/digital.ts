import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import { clamp } from "../world/weather.ts";
import type { PlayedCity } from "./city.ts";
import { poisson, round, shareOut, someOf, spread } from "./draws.ts";
import { quarterIndex } from "./economy.ts";
import { monthIndex } from "./finance.ts";
import type { PlayedDataset } from "./played.ts";
import type { Case } from "./series.ts";
import { cases, periodic } from "./series.ts";

const telecomAnchors = z.object({
  press: z.object({
    quarter: z.string(),
    mobile_per_100: z.number(),
    smartphone_per_100: z.number(),
    social_per_person: z.number(),
  }),
  assumed: z.object({
    coverage_5g_pct: z.number(),
    coverage_5g_change_pct: z.number(),
    coverage_4g_pct: z.number(),
    fixed_per_100: z.number(),
    growth_pct: z.number(),
  }),
});

/** Subscribers and coverage; the ratios of the press quarter are exact to a subscriber. */
export function telecom(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("telecom-quarterly", telecomAnchors);
  const anchor = quarterIndex(press.quarter);
  return periodic(city, {
    id: "telecom-quarterly",
    unit: "quarter",
    back: 48,
    since: `${Number(press.quarter.slice(0, 4)) - 3}-01-01`,
    delayMs: 14 * dayMs,
    *rows({ index, label }) {
      const years = (index - anchor) / 4;
      const people = Math.round(city.people * (1 + assumed.growth_pct / 100) ** years);
      const covered = (percent: number): number => Math.round((people * clamp(percent, 0, 100)) / 100);
      yield {
        quarter: label,
        population: people,
        mobile_subscribers: Math.round((people * (press.mobile_per_100 + 1.2 * years)) / 100),
        smartphones: Math.round((people * (press.smartphone_per_100 + 1.4 * years)) / 100),
        social_accounts: Math.round(people * (press.social_per_person + 0.04 * years)),
        population_4g: covered(assumed.coverage_4g_pct),
        population_5g: covered(assumed.coverage_5g_pct + assumed.coverage_5g_change_pct * Math.max(-0.45, years)),
        fixed_broadband: Math.round((people * (assumed.fixed_per_100 + 0.9 * years)) / 100),
      };
    },
  });
}

const accountAnchors = z.object({
  press: z.object({ month: z.string(), adults_data_store_pct: z.number() }),
  assumed: z.object({ adults_pct: z.number(), account_pct: z.number(), change_pct: z.number() }),
});

/** Accounts by unit, denser units ahead; the share of the press month is exact in the sum. */
export function digitalAccounts(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("digital-accounts-monthly", accountAnchors);
  const anchor = monthIndex(press.month);
  const adults = shareOut(
    (city.people * assumed.adults_pct) / 100,
    city.areas.map(({ people, urban }) => people * (0.97 + 0.04 * urban)),
  );
  const all = adults.reduce((a, b) => a + b, 0);
  const eager = city.areas.map(
    ({ id, urban }, i) => (adults[i] ?? 0) * (0.85 + 0.15 * urban + 0.12 * city.fixed("eager", id)),
  );
  const reached = (percent: number, years: number): number =>
    100 - (100 - percent) * Math.exp((-assumed.change_pct * years) / (100 - percent));
  return periodic(city, {
    id: "digital-accounts-monthly",
    unit: "month",
    back: 72,
    delayMs: 3 * dayMs,
    since: `${press.month.slice(0, 4)}-01-01`,
    *rows({ index, label }) {
      const years = (index - anchor) / 12;
      const stores = shareOut((all * reached(press.adults_data_store_pct, years)) / 100, eager);
      const accounts = shareOut((all * reached(assumed.account_pct, years)) / 100, eager);
      for (const [i, { id }] of city.areas.entries()) {
        const grown = adults[i] ?? 0;
        const account = Math.min(grown, accounts[i] ?? 0);
        yield {
          month: label,
          area_code: id,
          adults: grown,
          adults_with_account: account,
          adults_with_data_store: Math.min(account, stores[i] ?? 0),
        };
      }
    },
  });
}

const npdAnchors = z.object({
  press: z.object({ year: z.number(), per_month: z.number() }),
  assumed: z.object({ growth_pct: z.number(), share_pct: z.record(z.string(), z.number()) }),
});

/** Transactions by service; every month of the press year has the same number, as the press says. */
export function npdTransactions(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("npd-transactions-monthly", npdAnchors);
  const services = Object.entries(assumed.share_pct);
  return periodic(city, {
    id: "npd-transactions-monthly",
    unit: "month",
    back: 120,
    delayMs: 2 * dayMs,
    since: `${press.year - 1}-01-01`,
    *rows({ year, index, label, month }) {
      const next = city.stream(index, "npd");
      const years = year - press.year + (month - 5.5) / 12;
      const grown = press.per_month * (1 + assumed.growth_pct / 100) ** years * spread(next, 0.05);
      const total = year === press.year ? press.per_month : grown;
      const parts = shareOut(
        total,
        services.map(([, share]) => share * spread(next, 0.03)),
      );
      for (const [i, [service]] of services.entries()) {
        const count = parts[i] ?? 0;
        yield {
          month: label,
          data_service: service,
          transactions: count,
          failures: someOf(next, count, 0.005 + 0.004 * next()),
          median_ms: round(300 + 60 * i + poisson(next, 30)),
        };
      }
    },
  });
}

const targetShape = z.object({
  id: z.string(),
  pillar: z.string(),
  name_vi: z.string(),
  unit: z.string(),
  plan: z.number(),
  actual: z.number(),
  step: z.number(),
  limit: z.number(),
  direction: z.enum(["at-least", "at-most"]),
});
type Target = z.infer<typeof targetShape>;
const targetAnchors = z.object({
  press: z.object({ year: z.number() }),
  assumed: z.object({ targets: z.array(targetShape) }),
});

/** Plan of a year: the press year's plan moved by its step, no further than the limit. */
function planOf(target: Target, years: number): number {
  const moved = target.plan + target.step * years;
  return round(target.step < 0 ? Math.max(target.limit, moved) : Math.min(target.limit, moved), 2);
}

/** What a year ends with: known for the press year; later nearly always the plan or a little better. */
function finalOf(city: PlayedCity, target: Target, year: number, pressYear: number): number {
  if (year === pressYear) return target.actual;
  const plan = planOf(target, year - pressYear);
  const next = city.stream(year, "target", target.id);
  const better = target.direction === "at-least" ? 1 : -1;
  const bounded = target.unit === "%" ? 100 : Number.POSITIVE_INFINITY;
  if (plan >= bounded) return bounded;
  return round(Math.min(bounded, plan * (1 + better * (0.05 * next() - 0.004))), 2);
}

/** Targets of the years since the press year, told at the beginning of each month; the last value in mid January after. */
export function digitalTargets(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("digital-targets", targetAnchors);
  const casesOf = (year: number): Case[] => {
    const told = Array.from({ length: 12 }, (_, m) => city.at(Date.UTC(year, m + 1, m === 11 ? 15 : 3) / dayMs, 8));
    return assumed.targets.map((target): Case => {
      const final = finalOf(city, target, year, press.year);
      const before = year === press.year ? final * 0.94 : finalOf(city, target, year - 1, press.year);
      const row = {
        year,
        target_id: target.id,
        pillar: target.pillar,
        name_vi: target.name_vi,
        unit: target.unit,
        plan_value: planOf(target, year - press.year),
        direction: target.direction,
      };
      return {
        times: [city.at(Date.UTC(year, 0, 5) / dayMs, 8), ...told],
        row: (at) => {
          const months = told.filter((time) => time <= at).length;
          return { ...row, actual_value: months === 0 ? null : round(before + ((final - before) * months) / 12, 2) };
        },
      };
    });
  };
  return cases(city, {
    id: "digital-targets",
    everyMs: dayMs,
    backDays: 8 * 366,
    settleDays: 382,
    of(day) {
      const year = city.calendar.year(day);
      return city.calendar.monthDay(day) === "01-05" && year >= press.year ? casesOf(year) : [];
    },
  });
}
