import type { AlertEvidence, Basis, Network } from "@ioc/contracts";
import type { CompiledLevel } from "../rule/levels.ts";
import type { Signal } from "../operators/operator.ts";
import type { Resumption } from "../store/alert-reader.ts";
import type { ConditionSide, NewAlertEvent } from "../store/projection.ts";
import { headlineOf } from "./headline.ts";
import type { Readings } from "./recent-readings.ts";
import type { About, Outcome, Run } from "./run.ts";

const mostReadings = 60;
const hour = 3_600_000;
const actor = "rule";
/** From the strongest to the weakest foundation. */
const foundations: readonly Basis[] = ["official", "operational", "borrowed", "project"];

type Before = ConditionSide | null;

/** Log lines for outcomes, in order, with what each alert looks like after its line. */
export function describe(
  outcomes: readonly Outcome[],
  network: Network,
  readings: Readings,
  processedAt: number,
): NewAlertEvent[] {
  const alerts = new Map<Run, Before>();
  return outcomes.map((outcome) => {
    const before = alerts.has(outcome.run) ? (alerts.get(outcome.run) ?? null) : outcome.run.alert;
    const described = describeOne(outcome, before, network, readings, processedAt);
    alerts.set(outcome.run, described.after);
    return described;
  });
}

function describeOne(
  outcome: Outcome,
  before: Before,
  network: Network,
  readings: Readings,
  processedAt: number,
): NewAlertEvent {
  const { run, transition, state } = outcome;
  const { to, type, from } = transition;
  const level = levelAt(run, to.level || from.level);
  const values = run.valuesAt(outcome.evaluatedAt);
  const about = run.about(network);
  const evidence = evidenceOf(outcome, level, values, readings);
  const present = type === "fired" || before === null ? newAlert(run, before, about) : before;
  const open = to.condition !== "cleared";
  const peakLevel = Math.max(to.level, state.episode?.peakLevel ?? present.peakLevel);
  const shown = values.get(run.rule.definition.value?.signal ?? "") ?? values.values().next().value ?? null;
  const after: NewAlertEvent["after"] = {
    ...present,
    condition: to.condition,
    level: to.level,
    peakLevel,
    severity: level?.severity ?? present.severity,
    peakSeverity: levelAt(run, peakLevel)?.severity ?? present.peakSeverity,
    stale: open && type !== "fresh" && state.stale,
    error: open && type !== "fresh" ? state.error : null,
    value: shown,
    headline: headlineOf(run.rule.definition, to.level || from.level, about, shown),
    startedAt: state.episode?.startedAt ?? present.startedAt,
    firedAt: state.episode?.firedAt ?? present.firedAt,
    changedAt: state.at,
    clearedAt: open ? null : (state.episode?.clearedAt ?? state.at),
  };
  return {
    event: { alert: after.id, type, time: state.at, processedAt, actor, from, to, evidence },
    after,
    machine: state,
  };
}

/**
 * Closes an open alert that nobody watches any more: its definition, its station or the level it is on is no longer there.
 * It is dropped, not cleared: nothing says that the danger is over.
 */
export function retirement({ alert, machine }: Resumption, now: number): NewAlertEvent {
  const { evidence, ...present } = alert;
  const from = { condition: alert.condition, level: alert.level };
  const to = { condition: "cleared" as const, level: 0 };
  return {
    event: { alert: alert.id, type: "dropped", time: now, processedAt: now, actor, from, to, evidence },
    after: { ...present, ...to, stale: false, error: null, changedAt: now, clearedAt: now },
    machine: {
      ...machine,
      condition: "normal",
      level: 0,
      at: now,
      stale: false,
      error: null,
      episode: machine.episode && { ...machine.episode, clearedAt: now },
    },
  };
}

function newAlert(run: Run, before: Before, about: About): NewAlertEvent["after"] {
  const { definition } = run.rule;
  const episode = (before?.episode ?? 0) + 1;
  return {
    // The id stands in addresses, where a slash would part it.
    id: `${definition.id}.${about.id.replaceAll("/", ".")}.${episode}`,
    definition: definition.id,
    name: definition.name,
    hazard: definition.hazard,
    domain: definition.domain,
    subject: { type: about.type, id: about.id },
    areas: about.areas,
    condition: "firing",
    scale: definition.scale,
    level: 0,
    peakLevel: 0,
    severity: "Minor",
    peakSeverity: "Minor",
    stale: false,
    error: null,
    headline: definition.name,
    value: null,
    unit: definition.value?.unit ?? "1",
    decimals: definition.value?.decimals ?? 0,
    episode,
    startedAt: 0,
    firedAt: null,
    changedAt: 0,
    clearedAt: null,
    exercise: false,
  };
}

function evidenceOf(
  { run, evaluatedAt }: Outcome,
  level: CompiledLevel | undefined,
  values: ReadonlyMap<string, number | null>,
  readings: Readings,
): AlertEvidence {
  const names = level ? [...level.when.signals, ...level.clear.signals] : [];
  const signals = run.signalsOf(names);
  return {
    signals: Object.fromEntries(values),
    when: level?.when.source ?? null,
    clear: level?.clear.source ?? null,
    ...foundationOf(level, signals),
    readings: readingsBehind(signals, evaluatedAt, readings),
    definitionVersion: run.rule.definition.version,
  };
}

/** The level's own basis, or that of a threshold it uses when that stands on no firmer ground. */
function foundationOf(
  level: CompiledLevel | undefined,
  signals: readonly Signal[],
): Pick<AlertEvidence, "basis" | "source"> {
  if (!level) return { basis: null, source: null };
  let { basis, source } = level;
  for (const { provenance } of signals) {
    if (!provenance || foundations.indexOf(provenance.basis) <= foundations.indexOf(basis)) continue;
    ({ basis, source } = provenance);
  }
  return { basis, source };
}

function readingsBehind(signals: readonly Signal[], at: number, readings: Readings): AlertEvidence["readings"] {
  const windows = new Map<string, number>();
  for (const { datastreams, window } of signals) {
    for (const id of datastreams) windows.set(id, Math.max(windows.get(id) ?? hour, window));
  }
  return [...windows]
    .flatMap(([datastream, window]) =>
      readings.within(datastream, at - window, at).map(({ time, value }) => ({ datastream, time, result: value })),
    )
    .sort((a, b) => b.time - a.time)
    .slice(0, mostReadings);
}

function levelAt(run: Run, level: number): CompiledLevel | undefined {
  return run.rule.levels.find((entry) => entry.level === level);
}
