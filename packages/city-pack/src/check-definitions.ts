import type { Domain, Scenario, Station, StationKind, StatisticDefinition, WarningDefinition } from "@ioc/contracts";
import { checkUnique } from "./check-network.ts";
import type { Path, Placed, Problems } from "./problems.ts";
import { placeBelow } from "./problems.ts";
import type { KindSource } from "./read-network.ts";
import type { ReferenceTable } from "./read-definitions.ts";

export interface DefinitionParts {
  domains: readonly Placed<Domain>[];
  kinds: readonly Placed<KindSource>[];
  stations: readonly Placed<Station>[];
  statistics: readonly Placed<StatisticDefinition>[];
  warnings: readonly Placed<WarningDefinition>[];
  scenarios: readonly Placed<Scenario>[];
  reference: readonly Placed<{ id: string; table: ReferenceTable }>[];
}

/** References of statistics, warnings, scenarios and reference tables to the network. What an operator makes of its keys is the engines' own check. */
export function checkDefinitions(parts: DefinitionParts, problems: Problems): void {
  const { statistics, warnings, scenarios, reference } = parts;
  checkUnique<{ id: string }>([...statistics, ...warnings], (definition) => definition.id, "definition", problems);
  checkUnique(scenarios, (scenario) => scenario.id, "scenario", problems);
  checkUnique(reference, (entry) => entry.id, "reference table", problems);
  for (const { value, place } of scenarios) {
    if (place.file.endsWith(`/${value.id}.yaml`)) continue;
    problems.add(place, ["id"], `the file of scenario "${value.id}" has another name`, `name it ${value.id}.yaml`);
  }
  const domains = new Set(parts.domains.map(({ value }) => value.id));
  const kinds = new Map(parts.kinds.map(({ value }) => [value.kind.id, value.kind]));
  for (const { value, place } of [...statistics, ...warnings]) {
    if (!domains.has(value.domain)) {
      problems.add(place, ["domain"], `there is no domain "${value.domain}"`, "use an id of domains.yaml");
    }
  }
  for (const item of statistics) checkInputs(item, "input", item.value.input, kinds, problems);
  for (const item of warnings) {
    checkInputs(item, "inputs", item.value.inputs, kinds, problems);
    checkLevels(item, problems);
  }
  checkStationKeys(parts, problems);
}

function checkInputs(
  { place }: Placed<unknown>,
  key: string,
  inputs: readonly { kind: string; properties: readonly string[] }[],
  kinds: ReadonlyMap<string, StationKind>,
  problems: Problems,
): void {
  for (const [index, input] of inputs.entries()) {
    const kind = kinds.get(input.kind);
    if (!kind) {
      problems.add(place, [key, index, "kind"], `there is no station kind "${input.kind}"`, "use the id of a kind");
      continue;
    }
    for (const [at, property] of input.properties.entries()) {
      if (kind.properties.some(({ id }) => id === property)) continue;
      const path: Path = [key, index, "properties", at];
      problems.add(
        place,
        path,
        `kind ${input.kind} has no property "${property}"`,
        "use the id of one of its properties",
      );
    }
  }
}

function checkLevels({ value, place }: Placed<WarningDefinition>, problems: Problems): void {
  const levels = value.levels.map(({ level }) => level);
  const twice = levels.find((level, index) => levels.indexOf(level) !== index);
  if (twice !== undefined) problems.add(place, ["levels"], `level ${twice} is there twice`, "keep one");
  for (const [index, { given, level }] of value.cases.entries()) {
    if (level !== 0 && !levels.includes(level)) {
      problems.add(
        place,
        ["cases", index, "level"],
        `the warning has no level ${level}`,
        `use 0 or one of: ${levels.join(", ")}`,
      );
    }
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(value.signals, name)) continue;
      problems.add(
        place,
        ["cases", index, "given", name],
        `the warning has no signal "${name}"`,
        "use a key of signals",
      );
    }
  }
}

/** Keys of reference tables that look like station ids must be stations. */
function checkStationKeys({ reference, stations, kinds }: DefinitionParts, problems: Problems): void {
  const ids = new Set(stations.map(({ value }) => value.id));
  const prefixes = kinds.map(({ value }) => `${value.prefix}-`);
  const walk = (value: unknown, table: Placed<unknown>, path: Path): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      if (typeof step === "string" && prefixes.some((prefix) => step.startsWith(prefix)) && !ids.has(step)) {
        problems.add(placeBelow(table.place, path), [step], `there is no station "${step}"`, "use the id of a station");
      }
      walk(below, table, [...path, step]);
    }
  };
  for (const table of reference) walk(table.value.table, table, []);
}
