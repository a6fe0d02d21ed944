import type {
  Domain,
  ForecastDefinition,
  RegressionDefinition,
  Scenario,
  Station,
  StatisticDefinition,
  WarningDefinition,
} from "@ioc/contracts";
import { createInputCheck } from "./check-inputs.ts";
import type { InputParts } from "./check-inputs.ts";
import { checkUnique } from "./check-unique.ts";
import { knownIds, placeBelow } from "./problems.ts";
import type { Path, Placed, Problems, Section } from "./problems.ts";
import type { ReferenceTable } from "./read-definitions.ts";

export interface DefinitionParts extends InputParts {
  domains: Section<Domain>;
  stations: Section<Station>;
  statistics: Section<StatisticDefinition>;
  warnings: Section<WarningDefinition>;
  forecasts: Section<ForecastDefinition>;
  regressions: Section<RegressionDefinition>;
  scenarios: Section<Scenario>;
  reference: Section<{ id: string; table: ReferenceTable }>;
}

/** References of statistics, warnings, forecasts, regressions, scenarios and reference tables to the network. What an operator makes of its keys is the engines' own check. */
export function checkDefinitions(parts: DefinitionParts, problems: Problems): void {
  const { items: statistics } = parts.statistics;
  const { items: warnings } = parts.warnings;
  const learned = [...parts.forecasts.items, ...parts.regressions.items];
  const { items: scenarios } = parts.scenarios;
  checkUnique<{ id: string }>(
    [...statistics, ...warnings, ...learned],
    (definition) => definition.id,
    "definition",
    problems,
  );
  checkUnique(scenarios, (scenario) => scenario.id, "scenario", problems);
  checkUnique(parts.reference.items, (entry) => entry.id, "reference table", problems);
  for (const { value, place } of scenarios) {
    if (place.file.endsWith(`/${value.id}.yaml`)) continue;
    problems.add(place, ["id"], `the file of scenario "${value.id}" has another name`, `name it ${value.id}.yaml`);
  }
  const isDomain = knownIds(parts.domains, (domain) => domain.id);
  for (const { value, place } of [...statistics, ...warnings, ...learned]) {
    if (!isDomain(value.domain)) {
      problems.add(place, ["domain"], `there is no domain "${value.domain}"`, "use an id of domains.yaml");
    }
  }
  const isForecast = knownIds(parts.forecasts, (forecast) => forecast.id);
  const checkInputs = createInputCheck(parts, problems);
  for (const { value, place } of [...statistics, ...learned]) checkInputs(place, ["input"], value.input);
  for (const { value, place } of parts.forecasts.items) {
    for (const [index, regressor] of value.regressors.entries()) {
      if ("input" in regressor) checkInputs(place, ["regressors", index, "input"], regressor.input);
    }
  }
  for (const item of warnings) {
    checkInputs(item.place, ["inputs"], item.value.inputs);
    checkLevels(item, problems);
    checkProbability(item, isForecast, problems);
  }
  checkStationKeys(parts, problems);
}

function checkProbability(
  { value, place }: Placed<WarningDefinition>,
  isForecast: (id: string) => boolean,
  problems: Problems,
): void {
  const stated = value.skill?.probability;
  if (!stated || isForecast(stated.forecast)) return;
  const path = ["skill", "probability", "forecast"];
  problems.add(place, path, `there is no forecast "${stated.forecast}"`, "use the id of a forecast of the pack");
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
  const isStation = knownIds(stations, (station) => station.id);
  const prefixes = kinds.items.map(({ value }) => `${value.prefix}-`);
  const walk = (value: unknown, table: Placed<unknown>, path: Path): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, below] of Object.entries(value)) {
      const step = Array.isArray(value) ? Number(key) : key;
      if (typeof step === "string" && prefixes.some((prefix) => step.startsWith(prefix)) && !isStation(step)) {
        problems.add(placeBelow(table.place, path), [step], `there is no station "${step}"`, "use the id of a station");
      }
      walk(below, table, [...path, step]);
    }
  };
  for (const table of reference.items) walk(table.value.table, table, []);
}
