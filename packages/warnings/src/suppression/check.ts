import type { Network, SuppressionRule } from "@ioc/contracts";
import type { KeptRule } from "./suppress.ts";
import { lastEnd } from "./windows.ts";

/** Longest span of a silence or of a single window, ms: what is wanted for longer is a change of the rule. */
const longest = 92 * 24 * 3_600_000;
const period = { day: 24 * 3_600_000, week: 7 * 24 * 3_600_000 } as const;

/** Something that does not fit; `path` within the rule. */
export interface RuleProblem {
  readonly path: string;
  readonly message: string;
}

/**
 * What is wrong with a suppression that somebody wants to keep, in this city and beside those that are kept already.
 * @param definitions ids of all warning definitions
 */
export function checkSuppression(
  rule: SuppressionRule,
  kept: readonly KeptRule[],
  { network, definitions, now }: { network: Network; definitions: ReadonlySet<string>; now: number },
): RuleProblem[] {
  const unknown = (path: string, names: readonly string[] | undefined, known: (name: string) => boolean) =>
    (names ?? []).flatMap((name, index) =>
      known(name) ? [] : [{ path: `${path}.${index}`, message: `there is no ${name} in this city` }],
    );
  const isDefinition = (id: string) => definitions.has(id);
  if (rule.kind === "inhibition") {
    const { source, target } = rule;
    return [
      ...unknown("target.definitions", target.definitions, isDefinition),
      ...(isDefinition(source.definition)
        ? []
        : [{ path: "source.definition", message: `there is no ${source.definition} in this city` }]),
      ...ringOf(rule, kept),
    ];
  }
  const isArea = (id: string) => network.areas.some((area) => area.id === id && area.scheme === network.scheme);
  return [
    ...unknown("matcher.definitions", rule.matcher.definitions, isDefinition),
    ...unknown("matcher.areas", rule.matcher.areas, isArea),
    ...spanOf(rule, now),
  ];
}

function spanOf(rule: Exclude<SuppressionRule, { kind: "inhibition" }>, now: number): RuleProblem[] {
  const { from, until } = rule;
  const repeat = rule.kind === "maintenance" ? rule.repeat : null;
  if (until <= from) return [{ path: "until", message: "must be after `from`" }];
  if (until - from > longest) return [{ path: "until", message: "must be within 92 days of `from`" }];
  if (repeat && until - from > period[repeat.every]) {
    return [
      {
        path: "until",
        message: `must be within a ${repeat.every} of \`from\`, as it comes again each ${repeat.every}`,
      },
    ];
  }
  const last = rule.kind === "maintenance" ? lastEnd(rule) : until;
  return last <= now ? [{ path: repeat ? "repeat.until" : "until", message: "must lie ahead" }] : [];
}

/** Rules that inhibit each other would hide everything: what inhibits must never be inhibited by what it inhibits. */
function ringOf(rule: Extract<SuppressionRule, { kind: "inhibition" }>, kept: readonly KeptRule[]): RuleProblem[] {
  const rules = [rule, ...kept.map((one) => one.rule)];
  const next = (definition: string) =>
    rules.flatMap((one) =>
      one.kind === "inhibition" && one.source.definition === definition ? one.target.definitions : [],
    );
  const seen = new Set<string>();
  const reach = [...rule.target.definitions];
  for (let id = reach.pop(); id !== undefined; id = reach.pop()) {
    if (id === rule.source.definition) {
      return [{ path: "target.definitions", message: `alerts of ${id} would inhibit each other in a ring` }];
    }
    if (seen.has(id)) continue;
    seen.add(id);
    reach.push(...next(id));
  }
  return [];
}
