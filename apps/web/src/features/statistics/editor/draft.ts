import type { StatisticDefinition, StatisticItem } from "@ioc/contracts";

/** A definition while it is written: the same parts, where texts may still be empty. */
export type Draft = Omit<StatisticDefinition, "checks">;
export type DraftPatch = Partial<Draft>;
export type DraftStep = Draft["pipeline"][number];

/** The parts of a definition that the editor shows, without the state of its last run. */
export function draftOf(item: StatisticItem | StatisticDefinition): Draft {
  const { id, version, domain, name, question, measures, input, pipeline, unit, decimals, window, completeness } = item;
  const { groups, rollUp, refreshSeconds, audience, chart, also, thresholds, target, method, formula, source, seeds } =
    item;
  return {
    id,
    version,
    domain,
    name,
    question,
    measures,
    input,
    pipeline,
    unit,
    decimals,
    window,
    completeness,
    groups,
    rollUp,
    refreshSeconds,
    audience,
    chart,
    also,
    thresholds,
    target,
    method,
    ...(formula === undefined ? {} : { formula }),
    source,
    seeds,
  };
}

/** The same definition under another id and name, as its first version. */
export function copyOf(item: StatisticItem): Draft {
  const draft = draftOf(item);
  return {
    ...draft,
    id: `${draft.id}-2`,
    version: 1,
    name: { vi: `${draft.name.vi} (bản sao)`, en: `${draft.name.en} (copy)` },
  };
}

const nothing = { vi: "", en: "" };

/** A definition that says nothing yet. */
export function emptyDraft(domain: string): Draft {
  return {
    id: "",
    version: 1,
    domain,
    name: nothing,
    question: nothing,
    measures: nothing,
    input: [],
    pipeline: [],
    unit: "1",
    decimals: 0,
    window: "PT24H",
    completeness: 0.75,
    groups: ["city"],
    rollUp: "none",
    refreshSeconds: 3600,
    audience: ["operator"],
    chart: "line",
    also: [],
    thresholds: [],
    target: null,
    method: nothing,
    source: nothing,
    seeds: [],
  };
}

/** What is sent: a formula without text is none. */
export function definitionOf({ formula, ...draft }: Draft): Draft {
  return formula === undefined || formula.trim() === "" ? draft : { ...draft, formula };
}

export const isSame = (a: Draft, b: Draft): boolean =>
  JSON.stringify(definitionOf(a)) === JSON.stringify(definitionOf(b));

export const isSlug = (id: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id);

/** Steps after a move; out of range nothing happens. */
export function movedStep(steps: readonly DraftStep[], from: number, to: number): DraftStep[] {
  const step = steps[from];
  if (!step || to < 0 || to >= steps.length) return [...steps];
  return steps.toSpliced(from, 1).toSpliced(to, 0, step);
}
