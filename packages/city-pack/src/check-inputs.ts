import type { DatasetDefinition, StationKind, StatisticInput } from "@ioc/contracts";
import type { Path, Placed, Problems, Section } from "./problems.ts";
import type { KindSource } from "./read-network.ts";

/** What the inputs of definitions may name. */
export interface InputParts {
  kinds: Section<KindSource>;
  datasets: Section<DatasetDefinition>;
}

/** Checks that inputs name kinds, properties, datasets and columns that are there. */
export function createInputCheck(parts: InputParts, problems: Problems) {
  const kinds = parts.kinds.complete
    ? new Map(parts.kinds.items.map(({ value }) => [value.kind.id, value.kind]))
    : null;
  const datasets = parts.datasets.complete ? new Map(parts.datasets.items.map(({ value }) => [value.id, value])) : null;
  return (place: Placed<unknown>["place"], key: Path, inputs: readonly StatisticInput[]): void => {
    const add = (path: Path, problem: string, remedy: string) =>
      problems.add(place, [...key, ...path], problem, remedy);
    for (const [index, input] of inputs.entries()) {
      if ("kind" in input) {
        if (kinds) checkKind(input, index, kinds, add);
      } else if (datasets) checkDataset(input, index, datasets, add);
    }
  };
}

type Add = (path: Path, problem: string, remedy: string) => void;

function checkKind(
  input: { kind: string; properties: readonly string[] },
  index: number,
  kinds: ReadonlyMap<string, StationKind>,
  add: Add,
): void {
  // `*` = every kind, or every property of the kind.
  const chosen = input.kind === "*" ? [...kinds.values()] : [kinds.get(input.kind)];
  if (chosen.includes(undefined)) {
    add([index, "kind"], `there is no station kind "${input.kind}"`, "use the id of a kind");
    return;
  }
  for (const [at, property] of input.properties.entries()) {
    if (property === "*" || chosen.some((kind) => kind?.properties.some(({ id }) => id === property))) continue;
    const problem = `kind ${input.kind} has no property "${property}"`;
    add([index, "properties", at], problem, "use the id of one of its properties");
  }
}

function checkDataset(
  input: { dataset: string; columns: readonly string[] },
  index: number,
  datasets: ReadonlyMap<string, DatasetDefinition>,
  add: Add,
): void {
  const dataset = datasets.get(input.dataset);
  if (!dataset) {
    add([index, "dataset"], `there is no dataset "${input.dataset}"`, "use the id of a dataset");
    return;
  }
  const named = dataset.columns.flatMap(({ id, type }) =>
    type === "geo-point" ? [id, `${id}_lon`, `${id}_lat`] : [id],
  );
  for (const [at, column] of input.columns.entries()) {
    if (named.includes(column)) continue;
    add([index, "columns", at], `dataset ${dataset.id} has no column "${column}"`, `use one of: ${named.join(", ")}`);
  }
}
