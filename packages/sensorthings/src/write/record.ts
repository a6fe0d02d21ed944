import type { Receipt } from "@ioc/contracts";
import type { ObservationInput } from "@ioc/observations";
import { readingId } from "../observations/observation-id.ts";
import type { ObservationRow } from "../observations/rows.ts";
import { fromRow } from "../observations/source.ts";
import { withoutResultTime, type StoredObservation } from "../observations/stored.ts";
import { storeName, type World } from "../read/world.ts";
import type { NewObservation } from "./new-observation.ts";

/** The way in for readings; resolves after the commit. */
export type Receive = (inputs: readonly ObservationInput[], source: string) => Promise<Receipt>;

/** What became of one Observation: its id, or why it was refused. */
export type Outcome = { id: number } | { problem: string };

export interface Recorded {
  outcomes: Outcome[];
  /** Those that are no readings; readings are announced by the change log. */
  own: StoredObservation[];
}

/** A receipt names at most this many items, so a batch is received in parts; parts of one turn share a commit. */
const partSize = 1000;

/**
 * Records Observations; resolves when they are durable. Numbers at an instant become readings of the time-series store,
 * everything else is kept as an Observation of its own.
 * @throws {StoreBusy | StoreUnavailable} when no reading was recorded
 */
export async function recordObservations(
  world: World,
  receive: Receive,
  observations: readonly NewObservation[],
  source: string,
): Promise<Recorded> {
  const outcomes: Outcome[] = observations.map(() => ({ problem: "was not recorded" }));
  const own: { index: number; row: ObservationRow }[] = [];
  const readings: ObservationInput[] = [];
  const beside: ObservationRow[] = [];
  const stale: number[] = [];
  for (const [index, one] of observations.entries()) {
    const name = readingName(world, one);
    if (name === null) {
      own.push({ index, row: { ...one, id: world.rows.nextId(), own: true } });
      continue;
    }
    const id = readingId(one.stream, one.time.from);
    const resultTime = one.resultTime ?? one.time.from + withoutResultTime;
    const result = one.result as number | null;
    readings.push({ index, datastream: name, phenomenonTime: one.time.from, resultTime, result });
    outcomes[index] = { id };
    if (carriesMore(one)) beside.push({ ...one, id, own: false, result: null, resultTime: null });
    else if (world.rows.count([one.stream], "rows") > 0) stale.push(id);
  }
  // Before the readings, so that whoever hears of a reading finds what it carries.
  if (stale.length > 0) world.rows.remove(stale);
  world.rows.put(beside);
  const receipts = await Promise.all(partsOf(readings).map((part) => receive(part, source)));
  const refused = new Set<number>();
  const repeated: number[] = [];
  for (const { index, outcome, message = outcome } of receipts.flatMap(({ items }) => items)) {
    if (outcome === "duplicate") repeated.push(index);
    if (outcome !== "quarantined") continue;
    const { id } = outcomes[index] as { id: number };
    refused.add(id);
    outcomes[index] = { problem: message };
  }
  for (const index of await removedBefore(world, observations, outcomes, repeated)) {
    const { id } = outcomes[index] as { id: number };
    const one = observations[index];
    if (one) own.push({ index, row: { ...one, id, own: true } });
  }
  world.rows.remove(beside.map(({ id }) => id).filter((id) => refused.has(id)));
  world.rows.put(own.map(({ row }) => row));
  for (const { index, row } of own) outcomes[index] = { id: row.id };
  return { outcomes, own: own.map(({ row }) => fromRow(row)) };
}

/** Name of the datastream in the store when an Observation can be a reading of it; else null. */
export function readingName(world: World, { stream: id, time, result }: Omit<NewObservation, "more">): string | null {
  const stream = world.entities.stream(id);
  const name = stream ? storeName(stream) : null;
  if (name === null || time.to !== null || (typeof result !== "number" && result !== null)) return null;
  // An Observation that once was the reading at this time, and was moved, keeps its id.
  const taken = world.rows.count([id], "own") > 0 && world.rows.get(readingId(id, time.from))?.own === true;
  return taken ? null : name;
}

export function carriesMore({ feature, more }: Pick<NewObservation, "feature" | "more">): boolean {
  return feature !== null || Object.keys(more).length > 0;
}

/**
 * Which of the repeated readings are not there: a reading that was deleted does not come back when it is sent again, so an
 * Observation that a client creates in its place is kept by itself.
 */
async function removedBefore(
  world: World,
  observations: readonly NewObservation[],
  outcomes: readonly Outcome[],
  repeated: readonly number[],
): Promise<number[]> {
  const missing: number[] = [];
  for (const [stream, indexes] of Map.groupBy(repeated, (index) => observations[index]?.stream ?? 0)) {
    const times = indexes.map((index) => observations[index]?.time.from ?? 0);
    const from = times.reduce((least, time) => Math.min(least, time)) - 1;
    const to = times.reduce((most, time) => Math.max(most, time));
    const span = { streams: [stream], all: false, from, to, direction: "asc", after: null } as const;
    const there = new Set<number>();
    for await (const batch of world.source.batches(span, indexes.length)) for (const { id } of batch) there.add(id);
    missing.push(...indexes.filter((index) => !there.has((outcomes[index] as { id: number }).id)));
  }
  return missing;
}

function partsOf(inputs: readonly ObservationInput[]): ObservationInput[][] {
  const parts: ObservationInput[][] = [];
  for (let from = 0; from < inputs.length; from += partSize) parts.push(inputs.slice(from, from + partSize));
  return parts;
}
