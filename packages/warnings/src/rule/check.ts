import { severityRank } from "@ioc/contracts";
import type { Network, WarningDefinition } from "@ioc/contracts";
import { exactly } from "../expression/bounds.ts";
import { checkStatistic } from "@ioc/statistics";
import { numberProblems } from "@ioc/statistics/shared";
import { columnsOf, isFrameRule, statisticOf } from "../frame/frame-rule.ts";
import type { FrameDefinition } from "../frame/frame-rule.ts";
import { bindSignals, subjectsOf } from "./compile.ts";
import type { BoundSignal } from "./compile.ts";
import { compileLevels, levelOf } from "./levels.ts";
import type { CompiledLevel } from "./levels.ts";

/**
 * What is wrong with a definition in a network, each as a sentence; empty when it can run: operators and their parameters,
 * expressions, signals that are missing or that nothing uses, properties and tables that are not there, subjects, test cases.
 */
export function checkWarning(definition: WarningDefinition, network: Network): string[] {
  if (isFrameRule(definition)) return checkFrameRule(definition, network);
  const problems: string[] = [];
  const bound = attempt(problems, () => bindSignals(definition));
  const levels = attempt(problems, () => compileLevels(definition));
  if (levels) problems.push(...levelProblems(definition, levels));
  if (bound) problems.push(...signalProblems(definition, bound, network));
  if (bound && levels) {
    const read = [...bound.values()].flatMap(({ operator, params }) => operator.signals?.(params) ?? []);
    problems.push(...useProblems(definition, new Set(bound.keys()), new Set(read), levels));
  }
  if (levels && problems.length === 0) problems.push(...caseProblems(definition, levels));
  return problems;
}

/** A `*` in the path of a threshold stands for the subject: some station must have one. */
function probabilityProblems({ skill }: WarningDefinition, network: Network): string[] {
  const above = skill?.probability?.above;
  if (above === undefined || typeof above === "number") return [];
  const { table, path } = above;
  const paths = path.includes("*") ? network.stations.map(({ id }) => path.replace("*", id)) : [path];
  if (paths.some((one) => numberProblems(network, table, [one]).length === 0)) return [];
  return [`skill.probability: reference table "${table}" has no number at "${path}"`];
}

/** The same of a rule on rows: its pipeline, the columns that it takes signals from, its levels and test cases. */
function checkFrameRule(definition: FrameDefinition, network: Network): string[] {
  const problems: string[] = [];
  const levels = attempt(problems, () => compileLevels(definition));
  const columns = attempt(problems, () => columnsOf(definition));
  if (levels) problems.push(...levelProblems(definition, levels));
  const statistic = attempt(problems, () => statisticOf(definition));
  if (statistic) problems.push(...checkStatistic(statistic, network).map((problem) => `frame: ${problem}`));
  const given = columnsGiven(definition);
  for (const [name, column] of columns ?? []) {
    if (given && !given.has(column)) {
      problems.push(`signal "${name}": the frame has no column "${column}"; it has ${[...given].join(", ")}`);
    }
  }
  problems.push(...probabilityProblems(definition, network));
  for (const name of Object.keys(definition.frame.absent ?? {})) {
    if (columns && !columns.has(name)) problems.push(`frame.absent: there is no signal "${name}"`);
  }
  if (levels && columns) problems.push(...useProblems(definition, new Set(columns.keys()), new Set(), levels));
  if (levels && problems.length === 0) problems.push(...caseProblems(definition, levels));
  return problems;
}

/** Columns that a pipeline's `table` makes; null when it makes none. */
function columnsGiven({ frame }: FrameDefinition): Set<string> | null {
  const table = frame.pipeline.findLast(({ op }) => op === "table");
  if (!table) return null;
  const columns = Array.isArray(table["columns"]) ? (table["columns"] as { id?: string; measure: string }[]) : [];
  return new Set(["value", ...columns.map(({ id, measure }) => id ?? measure)]);
}

function attempt<T>(problems: string[], run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
    return null;
  }
}

function levelProblems({ scale, levels: written, publicFrom }: WarningDefinition, levels: readonly CompiledLevel[]) {
  const problems: string[] = [];
  if (written.some((level, index) => index > 0 && level.level <= (written[index - 1]?.level ?? 0))) {
    problems.push("levels must be listed from the lowest to the highest");
  }
  if (levels.some((level, index) => severityRank(level.severity) < severityRank(levels[index - 1]?.severity))) {
    problems.push("a higher level must not have a lower severity");
  }
  if (scale === "ioc" && levels.some(({ level }) => level > 4)) problems.push("the scale ioc has levels 1 to 4");
  if (publicFrom !== null && !levels.some(({ level }) => level >= publicFrom)) {
    problems.push(`publicFrom ${publicFrom} is above every level`);
  }
  return problems;
}

function signalProblems(
  definition: WarningDefinition,
  bound: ReadonlyMap<string, BoundSignal>,
  network: Network,
): string[] {
  const problems = [...bound].flatMap(([name, { operator, params }]) => [
    ...(operator.problems?.(params, network) ?? []).map((problem) => `signal "${name}": ${problem}`),
    ...(operator.signals?.(params) ?? [])
      .filter((other) => !bound.has(other))
      .map((other) => `signal "${name}": there is no signal "${other}"`),
  ]);
  problems.push(...inputProblems(definition, bound, network));
  if (problems.length > 0 || !network.stations.some(({ kind }) => reads(definition, kind))) return problems;
  if (subjectsOf(definition, bound, network).length === 0) {
    problems.push("no station of the inputs' kinds has what the signals need");
  }
  return problems;
}

function inputProblems(
  { inputs }: WarningDefinition,
  bound: ReadonlyMap<string, BoundSignal>,
  network: Network,
): string[] {
  const problems: string[] = [];
  for (const input of inputs) {
    if (!("kind" in input)) {
      problems.push(`dataset "${input.dataset}": a rule on readings reads stations; use \`frame\` for rows`);
      continue;
    }
    const { kind: id, properties, stations = [] } = input;
    const kind = network.kinds.find((candidate) => candidate.id === id);
    if (!kind) problems.push(`there is no station kind "${id}"`);
    for (const property of kind ? properties : []) {
      if (!kind?.properties.some((candidate) => candidate.id === property)) {
        problems.push(`kind ${id} has no property "${property}"`);
      }
    }
    for (const station of stations) {
      if (!network.stations.some((candidate) => candidate.id === station && candidate.kind === id)) {
        problems.push(`there is no station "${station}" of kind ${id}`);
      }
    }
  }
  const declared = new Set(inputs.flatMap((input) => ("kind" in input ? input.properties : [])));
  for (const [name, { operator, params }] of bound) {
    for (const property of operator.properties?.(params) ?? []) {
      if (!declared.has(property)) problems.push(`signal "${name}" reads "${property}", which no input names`);
    }
  }
  return problems;
}

/** @param readByOthers signals that other signals are worked out from */
function useProblems(
  { value, headline, info }: WarningDefinition,
  signals: ReadonlySet<string>,
  readByOthers: ReadonlySet<string>,
  levels: readonly CompiledLevel[],
): string[] {
  const used = new Set(levels.flatMap(({ when, clear }) => [...when.signals, ...clear.signals]));
  const missing = [...used].filter((name) => !signals.has(name)).map((name) => `there is no signal "${name}"`);
  if (value) {
    if (!signals.has(value.signal)) missing.push(`there is no signal "${value.signal}" to show as the value`);
    used.add(value.signal);
  }
  for (const name of info) {
    if (!signals.has(name)) missing.push(`there is no signal "${name}" to show with the evidence`);
    used.add(name);
  }
  const unused = [...signals]
    .filter((name) => !used.has(name) && !readByOthers.has(name))
    .map((name) => `nothing uses signal "${name}"`);
  const fields = Object.values(headline ?? {}).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
  );
  const known = new Set(["place", "value", "level", "item"]);
  const unknown = [...new Set(fields)].filter((name) => name !== undefined && !known.has(name));
  return [...missing, ...unused, ...unknown.map((name) => `the headline cannot show {${name}}`)];
}

function caseProblems({ cases }: WarningDefinition, levels: readonly CompiledLevel[]): string[] {
  return cases.flatMap(({ given, level }, index) => {
    const found = levelOf(levels, (name) => exactly(given[name] ?? null));
    return found === level ? [] : [`case ${index + 1} gives level ${found}, not ${level}`];
  });
}

function reads(definition: WarningDefinition, kind: string): boolean {
  return definition.inputs.some((input) => "kind" in input && input.kind === kind);
}
