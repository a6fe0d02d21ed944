import type { Domain, StatisticItem } from "@ioc/contracts";
import { matchRank } from "../../../ui/controls/fold.ts";
import type { GallerySearch } from "../statistic-search.ts";

/** Filters with a closed list of values. */
export const facets = ["audience", "kind", "status", "target", "source", "refresh"] as const;
export type Facet = (typeof facets)[number];

const upTo = [
  ["quarter", 900],
  ["hour", 3600],
  ["day", 86_400],
] as const;

/** Values of each facet that a statistic has. */
const valuesOf: Record<Facet, (item: StatisticItem) => readonly string[]> = {
  audience: (item) => item.audience,
  kind: (item) => [item.chart],
  status: (item) => [item.status],
  target: (item) => [item.target === null || item.targetMet === null ? "none" : item.targetMet ? "met" : "missed"],
  source: (item) => [
    ...(item.input.some((input) => "kind" in input) ? ["stations"] : []),
    ...(item.input.some((input) => "dataset" in input) ? ["datasets"] : []),
    ...(item.synthetic ? ["synthetic"] : []),
  ],
  refresh: (item) => [upTo.find(([, seconds]) => item.refreshSeconds <= seconds)?.[0] ?? "longer"],
};

const fits = (item: StatisticItem, search: GallerySearch, but?: Facet): boolean =>
  facets.every((facet) => facet === but || !search[facet] || valuesOf[facet](item).includes(search[facet]));

/** How well a statistic answers the words, in either language; Infinity: not at all. */
function rankOf(item: StatisticItem, words: string): number {
  return Math.min(
    matchRank(item.name.vi, words),
    matchRank(item.name.en, words),
    matchRank(item.question.vi, words) + 4,
    matchRank(item.question.en, words) + 4,
    matchRank(item.measures.vi, words) + 8,
    matchRank(item.measures.en, words) + 8,
    matchRank(item.id, words) + 12,
  );
}

interface Found {
  /** What fits everything, in the order of the list; of words searched for the best match first. */
  shown: StatisticItem[];
  /** How many of each domain fit everything but the domain. */
  byDomain: ReadonlyMap<string, number>;
  /** How many there are for each value of a facet, the other filters kept. */
  counts: Record<Facet, ReadonlyMap<string, number>>;
}

function tally(
  items: readonly StatisticItem[],
  values: (item: StatisticItem) => readonly string[],
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) for (const value of values(item)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** The gallery's answer to a search; words are compared without accents. */
export function findStatistics(items: readonly StatisticItem[], search: GallerySearch): Found {
  const words = search.q?.trim() ?? "";
  const ranked =
    words === ""
      ? items
      : items
          .map((item) => ({ item, rank: rankOf(item, words) }))
          .filter(({ rank }) => Number.isFinite(rank))
          .sort((a, b) => a.rank - b.rank)
          .map(({ item }) => item);
  const inDomain = (item: StatisticItem): boolean => !search.domain || item.domain === search.domain;
  const fitting = ranked.filter((item) => fits(item, search));
  const counts = Object.fromEntries(
    facets.map((facet) => [
      facet,
      tally(
        ranked.filter((item) => inDomain(item) && fits(item, search, facet)),
        valuesOf[facet],
      ),
    ]),
  ) as unknown as Found["counts"];
  return { shown: fitting.filter(inDomain), byDomain: tally(fitting, (item) => [item.domain]), counts };
}

export interface Section {
  /** Null: found by words, in the order of the match; or of a domain that the pack does not name. */
  domain: Domain | null;
  items: readonly StatisticItem[];
}

/** By domain in the pack's order; what was searched for stays in the order of its match. */
export function sectionsOf(items: readonly StatisticItem[], domains: readonly Domain[], searched: boolean): Section[] {
  if (searched) return items.length > 0 ? [{ domain: null, items }] : [];
  const known = domains.map((domain) => ({ domain, items: items.filter((item) => item.domain === domain.id) }));
  const others = items.filter((item) => !domains.some((domain) => domain.id === item.domain));
  return [...known, { domain: null, items: others }].filter((section) => section.items.length > 0);
}

/** Whether anything besides domain and look narrows the list. */
export const isNarrowed = (search: GallerySearch): boolean =>
  Boolean(search.q?.trim()) || facets.some((facet) => search[facet] !== undefined);
