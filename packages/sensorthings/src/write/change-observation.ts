import type { RemovalReceipt, TimeSpan as ReadingSpan } from "@ioc/observations";
import { entityTypes } from "../model/entity-types.ts";
import { conflict, invalid } from "../model/problem.ts";
import { parseInstant, parseTime } from "../model/times.ts";
import { withoutResultTime, type StoredObservation } from "../observations/stored.ts";
import { observationValues } from "../read/items.ts";
import { storeName, type World } from "../read/world.ts";
import { readBody, referenceOf } from "./body.ts";
import { checkResult, type NewObservation } from "./new-observation.ts";
import { carriesMore, type Receive } from "./record.ts";

/** Removes readings from the time-series store; resolves after the commit. */
export type RemoveReadings = (spans: readonly ReadingSpan[], by: string, reason: string) => Promise<RemovalReceipt>;

export interface ObservationChange {
  world: World;
  receive: Receive;
  removeReadings: RemoveReadings;
  source: string;
}

/**
 * Changes an Observation by PATCH or PUT. A reading whose number or resultTime changes is corrected; one that gets another
 * time, or a result that is no number, becomes an Observation of its own and keeps its id.
 * @returns it as it is now
 * @throws {SensorThingsProblem | StoreBusy | StoreUnavailable}
 */
export async function changeObservation(
  change: ObservationChange,
  before: StoredObservation,
  body: unknown,
  mode: "patch" | "put",
): Promise<StoredObservation> {
  const { world } = change;
  const next = changed(world, before, body, mode);
  const stays = before.time.from === next.time.from && next.time.to === null;
  const isNumber = typeof next.result === "number" || next.result === null;
  if (before.checked === null) {
    const { checked: _, ...row } = { ...before, ...next };
    world.rows.put([{ ...row, own: true }]);
  } else if (stays && isNumber) await correct(change, before, next);
  else await moveOut(change, before, next);
  return (await world.source.get(before.id)) ?? { ...before, ...next, checked: null };
}

/** Deletes an Observation for good. @throws {SensorThingsProblem | StoreUnavailable} */
export async function deleteObservation(change: ObservationChange, observation: StoredObservation): Promise<void> {
  if (observation.checked !== null) await removeReading(change, observation, "deleted through SensorThings");
  change.world.rows.remove([observation.id]);
}

function changed(world: World, before: StoredObservation, body: unknown, mode: "patch" | "put"): NewObservation {
  const { values, links } = readBody(entityTypes.Observations, body, "", mode === "put");
  let { feature } = before;
  for (const { link, given, path } of links) {
    const id = referenceOf(given, path);
    if (id === null)
      throw invalid(path, 'name an existing entity by {"@iot.id": …}; new ones are not created by a change');
    if (link.to !== "FeaturesOfInterest") {
      if (id !== before.stream)
        throw invalid(path, "an Observation stays in its Datastream; delete it and create another");
    } else if (world.entities.get("FeaturesOfInterest", id)) feature = id;
    else throw invalid(path, `there is no FeatureOfInterest with the id ${id}`);
  }
  const { resultQuality, ...kept } = observationValues({ ...before, checked: null });
  const old = mode === "patch" ? { ...kept, ...(resultQuality === undefined ? {} : { resultQuality }) } : {};
  const all: Record<string, unknown> = { ...old, ...values };
  const { phenomenonTime, result, resultTime, ...more } = all;
  const stream = world.entities.stream(before.stream);
  if (stream) checkResult(stream, result, "result");
  return {
    stream: before.stream,
    time: parseTime(phenomenonTime) ?? before.time,
    result,
    resultTime: parseInstant(resultTime),
    feature,
    more: Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null)),
  };
}

async function correct(
  { world, receive, source }: ObservationChange,
  before: StoredObservation,
  next: NewObservation,
): Promise<void> {
  const time = before.time.from;
  const sameResult = next.result === before.result;
  // The store keeps the resultTime of a reading whose value stays; the table beside it can say another one.
  const isElsewhere = next.resultTime !== before.resultTime || (world.rows.get(before.id)?.resultTime ?? null) !== null;
  const resultTime = sameResult && isElsewhere ? next.resultTime : null;
  const row = { ...next, id: before.id, own: false, result: null, resultTime };
  if (carriesMore(next) || resultTime !== null) world.rows.put([row]);
  else world.rows.remove([before.id]);
  if (sameResult) return;
  const datastream = nameOf(world, before);
  const given = { phenomenonTime: time, resultTime: next.resultTime ?? time + withoutResultTime };
  const receipt = await receive([{ index: 0, datastream, ...given, result: next.result as number | null }], source);
  const refused = receipt.items.find(({ outcome }) => outcome === "quarantined");
  if (refused) throw invalid("", refused.message ?? "the reading was refused");
}

async function moveOut(change: ObservationChange, before: StoredObservation, next: NewObservation): Promise<void> {
  await removeReading(change, before, "changed through SensorThings");
  change.world.rows.put([{ ...next, id: before.id, own: true }]);
}

async function removeReading(
  { world, removeReadings, source }: ObservationChange,
  { stream, time }: StoredObservation,
  reason: string,
): Promise<void> {
  if (world.entities.stream(stream)?.packId !== null) {
    throw conflict(
      "readings of the city's own stations are corrected, or removed by an operator, not deleted or moved here",
    );
  }
  const datastream = nameOf(world, { stream });
  await removeReadings([{ datastream, from: time.from - 1, to: time.from }], source, reason);
}

function nameOf(world: World, { stream: id }: Pick<StoredObservation, "stream">): string {
  const stream = world.entities.stream(id);
  const name = stream ? storeName(stream) : null;
  if (name === null) throw conflict(`the stream ${id} is gone`);
  return name;
}
