import type { Alert, Backtest, BacktestAlert, Network, WarningDefinition } from "@ioc/contracts";
import { isFrameRule } from "../frame/frame-rule.ts";
import type { FrameSource } from "../frame/frame-rules.ts";
import { checkWarning } from "../rule/check.ts";
import { playReadings } from "./play-readings.ts";
import type { PlayOptions } from "./play-readings.ts";
import { playRows } from "./play-rows.ts";
import { verify } from "./verify.ts";
import type { ObservedEvent } from "./verify.ts";

/** Alerts that an answer lists. */
const mostListed = 500;
const mostSubjects = 20;

export interface BacktestOptions extends PlayOptions {
  /** Works a pipeline out as of a time. */
  frames: FrameSource;
  /** Events on record; those of other hazards are left out. */
  events: readonly ObservedEvent[];
  /** City time, ms: up to when events are on record. */
  now: number;
}

/** What is wrong with a definition that is to be tried; its own test vectors are not held against changed thresholds. */
export function checkTrial(definition: WarningDefinition, network: Network): string[] {
  return checkWarning({ ...definition, cases: [] }, network);
}

/**
 * Runs a definition over history with the evaluators of production, without touching the alerts of the city: which alerts it would
 * have raised after `from` up to `to` (ms), and how they compare with the events on record. Alerts that were open when the span
 * begins are not counted.
 *
 * @throws Error that says what is wrong with the definition or the span, or what `pause` threw
 */
export async function runBacktest(definition: WarningDefinition, options: BacktestOptions): Promise<Backtest> {
  const { from, to, network } = options;
  const played = isFrameRule(definition)
    ? await playRows(definition, options)
    : await playReadings(definition, options);
  const alerts = played.alerts.filter(({ firedAt }) => firedAt !== null && firedAt > from && firedAt <= to);
  const verification = verify(definition, played.alerts, options);
  const listed = alerts.toReversed().slice(0, mostListed);
  return {
    definition: definition.id,
    from,
    to,
    subjects: played.subjects,
    evaluations: played.evaluations,
    stepMs: played.stepMs,
    total: alerts.length,
    alerts: listed.map((alert): BacktestAlert => {
      const { outcome = null, leadMs = null } = verification?.outcomes.get(alert.id) ?? {};
      return { ...rowOf(alert, network), outcome, leadMs };
    }),
    byLevel: Object.fromEntries(
      definition.levels.map(({ level }) => [level, alerts.filter(({ peakLevel }) => peakLevel === level).length]),
    ),
    bySubject: busiest(alerts, network),
    scores: verification?.scores ?? null,
    error: played.error,
  };
}

function rowOf(alert: Alert, network: Network): Omit<BacktestAlert, "outcome" | "leadMs"> {
  return {
    id: alert.id,
    subject: { ...alert.subject, name: nameOf(alert, network) },
    area: alert.areas[network.scheme]?.[0] ?? null,
    startedAt: alert.startedAt,
    firedAt: alert.firedAt ?? alert.startedAt,
    clearedAt: alert.clearedAt,
    peakLevel: alert.peakLevel,
  };
}

function busiest(alerts: readonly Alert[], network: Network): Backtest["bySubject"] {
  return [...Map.groupBy(alerts, ({ subject }) => subject.id)]
    .map(([id, own]) => ({ id, name: nameOf(own[0] as Alert, network), alerts: own.length }))
    .sort((a, b) => b.alerts - a.alerts || a.id.localeCompare(b.id))
    .slice(0, mostSubjects);
}

function nameOf({ subject: { type, id } }: Alert, { stations, agencies, areas, scheme }: Network) {
  const found =
    type === "station"
      ? stations.find((one) => one.id === id)
      : type === "agency"
        ? agencies.find((one) => one.id === id)
        : areas.find((one) => one.id === id && one.scheme === scheme);
  return found?.name ?? { vi: id, en: id };
}
