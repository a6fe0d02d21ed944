import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import { normal, round, shareOut, shareOutAmount, spread } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import { periodic } from "./series.ts";

const quarterDelay = 14 * dayMs;

/** Quarters of a year with a little of their own, the same whoever asks. */
function quarterWeights(city: PlayedCity, purpose: string, year: number, shape: readonly number[]): number[] {
  const next = city.stream(year, "quarters", purpose);
  return shape.map((weight) => weight * spread(next, 0.012));
}

const ictAnchors = z.object({
  press: z.object({
    year: z.number(),
    revenue_vnd_bn: z.number(),
    revenue_plan_vnd_bn: z.number(),
    revenue_before_vnd_bn: z.number(),
    software_export_usd_m: z.number(),
    software_export_plan_usd_m: z.number(),
    software_export_growth_pct: z.number(),
  }),
  assumed: z.object({ revenue_growth_pct: z.number(), software_export_growth_pct: z.number(), employees: z.number() }),
});

/** Total of a year: the known ones, else grown from the nearest known one; plans lie a little below or above. */
function yearly(known: ReadonlyMap<number, number>, year: number, growthPct: number): number {
  const exact = known.get(year);
  if (exact !== undefined) return exact;
  const years = [...known.keys()];
  const nearest = years.reduce(
    (best, one) => (Math.abs(one - year) < Math.abs(best - year) ? one : best),
    years[0] ?? year,
  );
  return (known.get(nearest) ?? 0) * (1 + growthPct / 100) ** (year - nearest);
}

export function ictIndustry(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("ict-industry-quarterly", ictAnchors);
  const exportBefore = round(press.software_export_usd_m / (1 + press.software_export_growth_pct / 100), 1);
  const revenue = new Map([
    [press.year - 1, press.revenue_before_vnd_bn],
    [press.year, press.revenue_vnd_bn],
  ]);
  const exports = new Map([
    [press.year - 1, exportBefore],
    [press.year, press.software_export_usd_m],
  ]);
  const planOf = (known: number, actual: number, year: number, purpose: string): number =>
    year === press.year ? known : actual * (1 - 0.012 + 0.014 * normal(city.stream(year, "plan", purpose)));
  return periodic(city, {
    id: "ict-industry-quarterly",
    unit: "quarter",
    back: 48,
    delayMs: quarterDelay,
    since: `${press.year - 3}-01-01`,
    *rows({ year, index, label }) {
      const quarter = index % 4;
      const weights = quarterWeights(city, "ict", year, [0.225, 0.24, 0.25, 0.285]);
      const soft = quarterWeights(city, "software", year, [0.23, 0.245, 0.25, 0.275]);
      const total = yearly(revenue, year, assumed.revenue_growth_pct);
      const abroad = yearly(exports, year, assumed.software_export_growth_pct);
      const plan = Math.round(planOf(press.revenue_plan_vnd_bn, total, year, "ict"));
      const planAbroad = round(planOf(press.software_export_plan_usd_m, abroad, year, "software"), 2);
      yield {
        quarter: label,
        revenue_vnd_bn: shareOut(total, weights)[quarter] ?? 0,
        revenue_plan_vnd_bn: shareOut(plan, [0.225, 0.24, 0.25, 0.285])[quarter] ?? 0,
        software_export_usd_m: shareOutAmount(abroad, soft, 2)[quarter] ?? 0,
        software_export_plan_usd_m: shareOutAmount(planAbroad, [0.23, 0.245, 0.25, 0.275], 2)[quarter] ?? 0,
        employees: Math.round(assumed.employees * 1.06 ** (year - press.year + quarter / 4)),
      };
    },
  });
}

const grdpAnchors = z.object({
  press: z.object({ year: z.number(), digital_economy_pct: z.number(), it_industry_pct: z.number() }),
  assumed: z.object({
    year: z.number(),
    grdp_current_vnd_bn: z.number(),
    grdp_constant_vnd_bn: z.number(),
    growth_pct: z.record(z.string(), z.number()),
    deflator_pct: z.number(),
    digital_change_pct: z.number(),
    it_change_pct: z.number(),
  }),
});

/** Accounts at current and constant prices; shares of the press year are exact in the sum of its quarters. */
export function grdpAccounts(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("grdp-accounts", grdpAnchors);
  const usual = Object.values(assumed.growth_pct).at(-1) ?? 8;
  const constantOf = (year: number): number => {
    let value = assumed.grdp_constant_vnd_bn;
    for (let y = assumed.year + 1; y <= year; y += 1) value *= 1 + (assumed.growth_pct[y] ?? usual) / 100;
    for (let y = assumed.year; y > year; y -= 1) value /= 1 + (assumed.growth_pct[y] ?? usual) / 100;
    return value;
  };
  return periodic(city, {
    id: "grdp-accounts",
    unit: "quarter",
    back: 48,
    delayMs: quarterDelay,
    since: `${press.year - 3}-01-01`,
    *rows({ year, index, label }) {
      const quarter = index % 4;
      const weights = quarterWeights(city, "grdp", year, [0.228, 0.248, 0.256, 0.268]);
      const constant = constantOf(year);
      const prices =
        (assumed.grdp_current_vnd_bn / assumed.grdp_constant_vnd_bn) *
        (1 + assumed.deflator_pct / 100) ** (year - assumed.year);
      const current = round(constant * prices, 1);
      const after = year - press.year;
      const digital = ((press.digital_economy_pct + assumed.digital_change_pct * after) / 100) * current;
      const it = ((press.it_industry_pct + assumed.it_change_pct * after) / 100) * current;
      yield {
        quarter: label,
        grdp_current_vnd_bn: shareOutAmount(current, weights, 1)[quarter] ?? 0,
        grdp_constant_vnd_bn: shareOutAmount(constant, weights, 1)[quarter] ?? 0,
        digital_economy_vnd_bn:
          shareOutAmount(digital, quarterWeights(city, "digital", year, weights), 1)[quarter] ?? 0,
        it_industry_vnd_bn: shareOutAmount(it, quarterWeights(city, "it", year, weights), 1)[quarter] ?? 0,
      };
    },
  });
}

const shopAnchors = z.object({
  press: z.object({ year: z.number(), ecommerce_pct: z.number() }),
  assumed: z.object({ retail_vnd_bn: z.number(), growth_pct: z.number(), ecommerce_change_pct: z.number() }),
});

export function ecommerce(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("ecommerce-quarterly", shopAnchors);
  return periodic(city, {
    id: "ecommerce-quarterly",
    unit: "quarter",
    back: 48,
    delayMs: quarterDelay,
    since: `${press.year - 3}-01-01`,
    *rows({ year, index, label }) {
      const weights = quarterWeights(city, "retail", year, [0.245, 0.24, 0.25, 0.265]);
      const retail = round(assumed.retail_vnd_bn * (1 + assumed.growth_pct / 100) ** (year - press.year), 1);
      const online = (retail * (press.ecommerce_pct + assumed.ecommerce_change_pct * (year - press.year))) / 100;
      yield {
        quarter: label,
        retail_vnd_bn: shareOutAmount(retail, weights, 1)[index % 4] ?? 0,
        ecommerce_vnd_bn: shareOutAmount(online, quarterWeights(city, "online", year, weights), 1)[index % 4] ?? 0,
      };
    },
  });
}

const bankAnchors = z.object({
  press: z.object({ quarter: z.string(), active_accounts: z.number(), population_15plus: z.number() }),
  assumed: z.object({ growth_pct: z.number(), population_growth_pct: z.number(), cashless_vnd_bn: z.number() }),
});

/** Number of a quarter written `YYYY-Qn`, as {@link Period.index} counts. */
export function quarterIndex(text: string): number {
  return Number(text.slice(0, 4)) * 4 + Number(text.slice(6)) - 1;
}

export function bankAccounts(city: PlayedCity): PlayedDataset {
  const { press, assumed } = city.anchors("bank-accounts-quarterly", bankAnchors);
  const anchor = quarterIndex(press.quarter);
  return periodic(city, {
    id: "bank-accounts-quarterly",
    unit: "quarter",
    back: 48,
    delayMs: quarterDelay,
    since: `${Number(press.quarter.slice(0, 4)) - 3}-01-01`,
    *rows({ index, label }) {
      const years = (index - anchor) / 4;
      const next = city.stream(index, "bank");
      const noise = index === anchor ? 1 : spread(next, 0.003);
      yield {
        quarter: label,
        active_accounts: round(press.active_accounts * (1 + assumed.growth_pct / 100) ** years * noise),
        population_15plus: round(press.population_15plus * (1 + assumed.population_growth_pct / 100) ** years),
        cashless_vnd_bn: round(assumed.cashless_vnd_bn * 1.19 ** years * spread(next, 0.02), 1),
      };
    },
  });
}
