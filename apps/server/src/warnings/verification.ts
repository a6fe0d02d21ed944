import { setImmediate as nextTurn } from "node:timers/promises";
import type { Datasets, RowTable } from "@ioc/catalogue";
import { forecastDataset, probabilityScore, rowsOf } from "@ioc/city-forecasts";
import { durationMs } from "@ioc/contracts";
import type { Alert, Network, VerifiedWarning, WarningDefinition, WarningVerification } from "@ioc/contracts";
import { numberOf, numberProblems } from "@ioc/statistics/shared";
import { verify } from "@ioc/warnings";
import type { AlertStore, ObservedEvent } from "@ioc/warnings";
import { observedEventsIn } from "./observed-events.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
const yearMs = 365 * dayMs;
/** An alert that is over so soon told nobody anything. A project setting. */
const briefMs = 10 * minuteMs;
/** Alerts that are read at a time. */
const sliceLength = 500;
/** An answer is good for so long, ms of real time. */
const freshMs = 60_000;

interface VerificationOptions {
  definitions(): readonly WarningDefinition[];
  network: Network;
  alerts: Pick<AlertStore, "after" | "begunAt">;
  datasets: Pick<Datasets, "definition" | "table">;
  wallNow(): number;
}

/**
 * The alerts of the last 12 months held against the events on record, by warning. Nothing is said of the time before the first alert
 * of the installation: nobody watched then. Worked out at most once a minute.
 *
 * @returns a function of the city time, ms
 */
export function createVerification(options: VerificationOptions): (now: number) => Promise<WarningVerification> {
  let known: { at: number; answer: Promise<WarningVerification> } | null = null;
  return async (now) => {
    const at = options.wallNow();
    if (known && at - known.at < freshMs) return await known.answer;
    const answer = workedOut(options, now);
    known = { at, answer };
    try {
      return await answer;
    } catch (error) {
      known = null;
      throw error;
    }
  };
}

async function workedOut(options: VerificationOptions, now: number): Promise<WarningVerification> {
  const { alerts, network, datasets } = options;
  const begunAt = (await alerts.begunAt()) ?? now;
  const span = { from: Math.min(now, Math.max(now - yearMs, begunAt)), to: now };
  const byDefinition = new Map<string, Alert[]>();
  for (let last: string | null = null; ;) {
    const page: Alert[] = await alerts.after(last, sliceLength);
    for (const alert of page) {
      if (alert.exercise || alert.firedAt === null || alert.firedAt < span.from) continue;
      byDefinition.set(alert.definition, [...(byDefinition.get(alert.definition) ?? []), alert]);
    }
    last = page.at(-1)?.id ?? null;
    if (page.length < sliceLength) break;
  }
  const events = await observedEventsIn(datasets);
  const issued = datasets.definition(forecastDataset) ? await datasets.table(forecastDataset) : null;
  const items: VerifiedWarning[] = [];
  for (const definition of options.definitions()) {
    const own = byDefinition.get(definition.id) ?? [];
    const probability = issued && (await probabilityOf(definition, issued, network));
    items.push({ ...verified(definition, own, { ...span, network, events, now }), probability });
  }
  return { ...span, items };
}

function verified(
  definition: WarningDefinition,
  alerts: readonly Alert[],
  against: { network: Network; events: readonly ObservedEvent[]; from: number; to: number; now: number },
): Omit<VerifiedWarning, "probability"> {
  const { id, name, domain, hazard } = definition;
  const fired = alerts.flatMap(({ firedAt }) => firedAt ?? []);
  const lasted = alerts.flatMap(({ firedAt, clearedAt }) =>
    firedAt === null || clearedAt === null ? [] : [clearedAt - firedAt],
  );
  return {
    id,
    name,
    domain,
    hazard,
    alerts: alerts.length,
    open: alerts.filter(({ condition }) => condition !== "cleared").length,
    // Of a span under a week the count itself: no rate can be told from days.
    perWeek: alerts.length / Math.max(1, (against.to - against.from) / weekMs),
    brief: lasted.filter((ms) => ms <= briefMs).length,
    lastFiredAt: fired.length === 0 ? null : Math.max(...fired),
    reasons: reasonsOf(alerts),
    scores: verify(definition, alerts, against)?.scores ?? null,
  };
}

/** How the probability that a warning states did over the steps within its window; null when it states none. */
async function probabilityOf(
  { skill }: WarningDefinition,
  issued: RowTable,
  network: Network,
): Promise<VerifiedWarning["probability"]> {
  if (!skill?.probability) return null;
  // Tens of thousands of rows are gone through for each: other work gets a turn between two.
  await nextTurn();
  const { forecast, above } = skill.probability;
  const rows = rowsOf(issued, forecast);
  const thresholds = new Map(
    [...new Set(rows.map(({ subject }) => subject))].map((subject) => [subject, thresholdOf(above, subject, network)]),
  );
  const withinHours = (durationMs(skill.window) ?? 0) / hourMs;
  return probabilityScore(rows, { above: (subject) => thresholds.get(subject) ?? null, withinHours });
}

type Threshold = NonNullable<NonNullable<WarningDefinition["skill"]>["probability"]>["above"];

function thresholdOf(above: Threshold, subject: string, network: Network): number | null {
  if (typeof above === "number") return above;
  const path = above.path.replace("*", subject);
  return numberProblems(network, above.table, [path]).length > 0 ? null : numberOf(network, above.table, path);
}

function reasonsOf(alerts: readonly Alert[]): VerifiedWarning["reasons"] {
  const reasons: VerifiedWarning["reasons"] = {};
  for (const { handling } of alerts) {
    if (handling.resolution) reasons[handling.resolution] = (reasons[handling.resolution] ?? 0) + 1;
  }
  return reasons;
}
