import { z } from "zod";
import { dayMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import { normal, poisson, round, shareOut, shareOutAmount, spread } from "./draws.ts";
import type { PlayedDataset } from "./played.ts";
import { periodic } from "./series.ts";

const firmAnchors = z.object({
  press: z.object({
    month: z.string(),
    digital_firms_per_1000: z.number(),
    einvoice_pct: z.number(),
    sme_platform_pct: z.number(),
  }),
  assumed: z.object({
    active_per_1000: z.number(),
    growth_pct: z.number(),
    digital_growth_pct: z.number(),
    sme_pct: z.number(),
    sme_platform_change_pct: z.number(),
  }),
});
type Firms = z.infer<typeof firmAnchors>;

/** Number of a month written `YYYY-MM`, as {@link Period.index} counts. */
export function monthIndex(text: string): number {
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

/** What is on the register at the end of a month, by unit; exact at the anchor. */
function stockOf(
  city: PlayedCity,
  { press, assumed }: Firms,
  index: number,
): Record<"active" | "digital" | "sme" | "platform" | "einvoice", number[]> {
  const years = (index - monthIndex(press.month)) / 12;
  const weights = city.areas.map(
    ({ id, people, urban }) => people * (0.18 + urban ** 2 * (0.7 + 0.6 * city.fixed("firms", id))),
  );
  const thousands = city.people / 1000;
  const active = shareOut(
    round(thousands * assumed.active_per_1000 * (1 + assumed.growth_pct / 100) ** years),
    weights,
  );
  const digital = shareOut(
    round(thousands * press.digital_firms_per_1000 * (1 + assumed.digital_growth_pct / 100) ** years),
    city.areas.map(({ urban }, i) => (weights[i] ?? 0) * (0.2 + urban ** 2)),
  );
  const sme = active.map((count) => round((count * assumed.sme_pct) / 100));
  const share = Math.min(95, press.sme_platform_pct + assumed.sme_platform_change_pct * years) / 100;
  const all = sme.reduce((a, b) => a + b, 0);
  const platform = shareOut(all * share, sme);
  const einvoice = active.map((count) => Math.round((count * press.einvoice_pct) / 100));
  return { active, digital, sme, platform, einvoice };
}

/** The register of a month end; newly registered less dissolved is the change since the month before. */
export function enterprises(city: PlayedCity): PlayedDataset {
  const anchors = city.anchors("enterprise-registry-monthly", firmAnchors);
  const { press } = anchors;
  return periodic(city, {
    id: "enterprise-registry-monthly",
    unit: "month",
    back: 72,
    delayMs: 4 * dayMs,
    since: `${press.month.slice(0, 4)}-01-01`,
    *rows({ index, label, month }) {
      const now = stockOf(city, anchors, index);
      const before = stockOf(city, anchors, index - 1);
      for (const [i, { id }] of city.areas.entries()) {
        const next = city.stream(index, "firms", id);
        const active = now.active[i] ?? 0;
        const change = active - (before.active[i] ?? 0);
        const closed = Math.max(-change, poisson(next, active * 0.006 * (month <= 1 ? 1.6 : 0.9)));
        yield {
          month: label,
          area_code: id,
          active,
          digital_tech: now.digital[i] ?? 0,
          registered_new: change + closed,
          dissolved: closed,
          using_einvoice: now.einvoice[i] ?? 0,
          sme: now.sme[i] ?? 0,
          sme_on_platform: now.platform[i] ?? 0,
        };
      }
    },
  });
}

const budgetAnchors = z.object({
  assumed: z.object({ year: z.number(), plan_vnd_bn: z.record(z.string(), z.number()), plan_growth_pct: z.number() }),
});
const budgetMonth = [1.35, 0.72, 0.95, 1.15, 0.88, 0.9, 1.12, 0.85, 0.88, 1.12, 0.95, 1.13];

export function budgetRevenue(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("budget-revenue-monthly", budgetAnchors);
  return periodic(city, {
    id: "budget-revenue-monthly",
    unit: "month",
    back: 48,
    delayMs: 3 * dayMs,
    *rows({ year, month, label }) {
      for (const [source, base] of Object.entries(assumed.plan_vnd_bn)) {
        const next = city.stream(year, "budget", source);
        const plan = round(base * (1 + assumed.plan_growth_pct / 100) ** (year - assumed.year), -1);
        const uneven = source === "land" || source === "other" ? 0.4 : 0.07;
        const actual = plan * (1.045 + (uneven / 2) * normal(next));
        const months = shareOutAmount(
          actual,
          budgetMonth.map((weight) => weight * spread(next, uneven)),
          1,
        );
        yield { month: label, source, plan_year_vnd_bn: plan, actual_vnd_bn: months[month] ?? 0 };
      }
    },
  });
}

const investmentAnchors = z.object({
  assumed: z.object({
    year: z.number(),
    plan_growth_pct: z.number(),
    plan_vnd_bn: z.record(z.string(), z.record(z.string(), z.number())),
  }),
});
/** Payments pile up towards the end of the year. */
const paymentMonth = [0.015, 0.02, 0.045, 0.055, 0.06, 0.075, 0.075, 0.085, 0.095, 0.11, 0.135, 0.23];

export function publicInvestment(city: PlayedCity): PlayedDataset {
  const { assumed } = city.anchors("public-investment-monthly", investmentAnchors);
  return periodic(city, {
    id: "public-investment-monthly",
    unit: "month",
    back: 36,
    delayMs: 4 * dayMs,
    *rows({ year, month, label }) {
      for (const [owner, sectors] of Object.entries(assumed.plan_vnd_bn)) {
        for (const [sector, base] of Object.entries(sectors)) {
          const next = city.stream(year, "investment", owner, sector);
          const plan = round(base * (1 + assumed.plan_growth_pct / 100) ** (year - assumed.year) * spread(next, 0.08));
          const paid = plan * Math.min(1, 0.945 + 0.035 * normal(next));
          const months = shareOutAmount(
            paid,
            paymentMonth.map((weight) => weight * spread(next, 0.25)),
            1,
          );
          yield {
            month: label,
            owner_agency: owner,
            sector,
            plan_year_vnd_bn: plan,
            disbursed_vnd_bn: months[month] ?? 0,
          };
        }
      }
    },
  });
}
