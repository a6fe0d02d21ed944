import type { Grouping } from "@ioc/contracts";

const groupings: readonly Grouping[] = ["city", "district", "ward", "station", "kind"];

/** View state of the statistic pages that lives in the address. */
export interface StatisticSearch {
  /** Domain shown in the gallery. */
  domain?: string;
  /** Words searched for. */
  q?: string;
  group?: Grouping;
  /** Area or station id. */
  subject?: string;
  tab?: "table" | "method";
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 120 ? value : undefined;

/** Reads the address; what is not understood is left out. */
export function readStatisticSearch(raw: Record<string, unknown>): StatisticSearch {
  const [domain, q, subject] = [text(raw["domain"]), text(raw["q"]), text(raw["subject"])];
  const group = groupings.find((one) => one === raw["group"]);
  const tab = raw["tab"] === "table" || raw["tab"] === "method" ? raw["tab"] : undefined;
  return {
    ...(domain ? { domain } : {}),
    ...(q ? { q } : {}),
    ...(group ? { group } : {}),
    ...(subject ? { subject } : {}),
    ...(tab ? { tab } : {}),
  };
}
