import type { ChartKind, Grouping, StatisticItem } from "@ioc/contracts";
import type { StatisticView } from "../../data/index.ts";
import { isoOf, readInstant } from "./page/periods.ts";
import type { PageSearch } from "./statistic-search.ts";

/** The view that an address asks the server for. */
export function viewOf({ group, subject, at }: Pick<PageSearch, "group" | "subject" | "at">): StatisticView {
  const instant = at === undefined ? null : readInstant(at);
  return {
    ...(group ? { group } : {}),
    ...(subject ? { subject } : {}),
    ...(instant === null ? {} : { at: isoOf(instant) }),
  };
}

type Shape = Pick<StatisticItem, "chart" | "also" | "groups">;

/** Kinds that a definition is made for, its own first; the table has a place of its own. */
export function kindsOf({ chart, also }: Pick<Shape, "chart" | "also">): ChartKind[] {
  return [chart, ...also.filter((kind) => kind !== "table" && kind !== chart)];
}

const courses: ReadonlySet<ChartKind> = new Set(["line", "area", "calendar", "sparkline-kpi"]);

/**
 * Group in which a kind can be drawn, when the reader changes to it: maps need stations or areas, a course over time the city
 * as a whole. Undefined is the default group; what fits already stays.
 */
export function groupFor(
  kind: ChartKind,
  current: Grouping | undefined,
  { chart, groups }: Shape,
): Grouping | undefined {
  const shown = current ?? groups[0];
  const choose = (wanted: readonly Grouping[]): Grouping | undefined => {
    if (shown !== undefined && wanted.includes(shown)) return current;
    const found = groups.find((group) => wanted.includes(group));
    return found === undefined ? current : found === groups[0] ? undefined : found;
  };
  if (kind === chart) return undefined;
  if (kind === "point-map") return choose(["station"]);
  if (kind === "choropleth") return choose(["ward", "district"]);
  if (courses.has(kind) && !courses.has(chart)) return choose(["city"]);
  return current;
}
