import type { StatisticItem, WarningItem } from "@ioc/contracts";

/** Warnings that read a dataset, or a property of a kind of station, that the statistic reads too. */
export function relatedWarnings(item: Pick<StatisticItem, "input">, warnings: readonly WarningItem[]): WarningItem[] {
  const read = new Map(
    item.input.flatMap((input) => ("kind" in input ? [[input.kind, input.properties] as const] : [])),
  );
  const datasets = new Set(item.input.flatMap((input) => ("dataset" in input ? [input.dataset] : [])));
  return warnings.filter((warning) =>
    warning.inputs.some((input) =>
      "kind" in input
        ? read.get(input.kind)?.some((property) => input.properties.includes(property))
        : datasets.has(input.dataset),
    ),
  );
}

const most = 8;

const inputsOf = (item: Pick<StatisticItem, "input">): string[] =>
  item.input.flatMap((input) =>
    "kind" in input ? input.properties.map((property) => `${input.kind}:${property}`) : [`dataset:${input.dataset}`],
  );

/** Other statistics of the same data: those that share the most come first, eight at most. */
export function relatedStatistics(
  item: Pick<StatisticItem, "id" | "input">,
  all: readonly StatisticItem[],
): StatisticItem[] {
  const own = new Set(inputsOf(item));
  return all
    .map((one) => ({ one, shared: inputsOf(one).filter((input) => own.has(input)).length }))
    .filter(({ one, shared }) => one.id !== item.id && shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, most)
    .map(({ one }) => one);
}
