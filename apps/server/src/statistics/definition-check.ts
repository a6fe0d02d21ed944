import { isUcum } from "@ioc/city-pack";
import { statisticDefinition, type Domain, type Network, type Problem, type StatisticDefinition } from "@ioc/contracts";
import { checkStatistic, readingsAsked } from "@ioc/statistics";
import { unfit } from "../api/problem.ts";

/** Levels of arrays and objects in a definition; those of a pack have six. A project setting. */
const deepest = 24;

/** Readings and hourly buckets that one calculation may ask for. The largest definition of the pack asks for a tenth. A project setting. */
const mostReadings = 5_000_000;

type Problems = NonNullable<Problem["errors"]>;

/** Knows what is wrong with a definition in this city; each line is `path: message`. Empty when it can be used. */
export type DefinitionCheck = (definition: StatisticDefinition, now: number) => string[];

export function createDefinitionCheck(network: Network, domains: readonly Pick<Domain, "id">[]): DefinitionCheck {
  return (definition, now) => {
    const problems = checkStatistic(definition, network);
    if (!domains.some(({ id }) => id === definition.domain)) {
      const known = domains.map(({ id }) => id).join(", ");
      problems.push(`domain: there is no domain "${definition.domain}"; known are ${known}`);
    }
    if (!isUcum(definition.unit)) problems.push(`unit: "${definition.unit}" is no UCUM unit code`);
    return problems.length > 0 ? problems : costProblems(definition, network, now);
  };
}

function costProblems(definition: StatisticDefinition, network: Network, now: number): string[] {
  const asked = Math.round(readingsAsked(definition, network, now));
  if (asked <= mostReadings) return [];
  return [`window: one calculation would read ${asked} values; at most ${mostReadings}, so shorten its spans`];
}

/**
 * A definition as somebody sent it, if it has the form of one.
 * @throws {ProblemError} 400 when it is nested deeper than any definition
 */
export function readDefinition(value: unknown): { definition: StatisticDefinition } | { problems: string[] } {
  requireShallow(value);
  const parsed = statisticDefinition.safeParse(value);
  if (parsed.success) return { definition: parsed.data };
  const lines = parsed.error.issues.slice(0, 50).map(({ path, message }) => {
    return `${path.length === 0 ? "definition" : path.map(String).join(".")}: ${message}`;
  });
  return { problems: lines };
}

/** @throws {ProblemError} 400 when it is nested deeper than any definition: what follows may then go down step by step */
export function requireShallow(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) {
      throw unfit("body", "definition", `is nested deeper than ${deepest} levels`);
    }
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
}

/** Lines of a check as `errors` of a problem: `pipeline[2] (table): …` is at `body.definition.pipeline.2`. */
export function problemsOf(lines: readonly string[]): Problems {
  return lines.map((line) => {
    const [, place = "", rest = line] = /^([A-Za-z][\w.[\]]*)(?=[: ])(.*)$/s.exec(line) ?? [];
    const path = place === "" ? [] : place.split(/[.[\]]+/).filter((part) => part !== "");
    return { path: ["body", "definition", ...path].join("."), message: rest.replace(/^:?\s*/, "") };
  });
}
