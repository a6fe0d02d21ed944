import type { StatisticItem } from "@ioc/contracts";

/** The first figure that has a value of each domain, then the second of each, until there are `count`. */
export function keyFigures(domains: readonly (readonly StatisticItem[])[], count: number): StatisticItem[] {
  const valued = domains.map((own) => own.filter((statistic) => statistic.value !== null));
  const rounds = Math.max(0, ...valued.map((own) => own.length));
  return Array.from({ length: rounds }, (_, round) => valued.flatMap((own) => own.slice(round, round + 1)))
    .flat()
    .slice(0, count);
}
