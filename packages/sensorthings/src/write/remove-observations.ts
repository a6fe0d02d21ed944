import type { TimeSpan as ReadingSpan } from "@ioc/observations";
import type { Entity } from "../entities/entity.ts";
import { conflict } from "../model/problem.ts";
import type { StoredObservation } from "../observations/stored.ts";
import { featureOf } from "../read/items.ts";
import { scopeOf } from "../read/observation-scope.ts";
import { storeName, type World } from "../read/world.ts";
import type { RemoveReadings } from "./change-observation.ts";
import type { Removal } from "./remove.ts";

interface RemovingParts {
  world: World;
  removeReadings: RemoveReadings;
}

/** Removes the Observations that go with deleted streams and features. @throws {SensorThingsProblem | StoreUnavailable} */
export async function removeObservations(parts: RemovingParts, removal: Removal, source: string): Promise<void> {
  for (const stream of removal.streams) await removeOfStream(parts, stream, source);
  for (const feature of removal.features) await removeOfFeature(parts, feature, source);
}

async function removeOfStream({ world, removeReadings }: RemovingParts, stream: Entity, source: string): Promise<void> {
  const name = storeName(stream);
  const [profile] = name === null ? [] : await world.reader.profile([name]);
  if (name !== null && profile && profile.from !== null && profile.to !== null) {
    await removeSpan(removeReadings, { datastream: name, from: profile.from - 1, to: profile.to }, source);
  }
  world.rows.removeStream(stream.id);
}

/** The store removes no more than a number of readings at once; a span that holds more is removed in halves. */
async function removeSpan(removeReadings: RemoveReadings, span: ReadingSpan, source: string): Promise<void> {
  try {
    await removeReadings([span], source, "deleted with its Datastream through SensorThings");
  } catch (error) {
    const middle = Math.floor((span.from + span.to) / 2);
    if (!(error instanceof RangeError) || middle <= span.from) throw error;
    await removeSpan(removeReadings, { ...span, to: middle }, source);
    await removeSpan(removeReadings, { ...span, from: middle }, source);
  }
}

async function removeOfFeature(parts: RemovingParts, feature: Entity, source: string): Promise<void> {
  const { world } = parts;
  const all = { ...scopeOf(world, feature), from: -Infinity, to: Infinity, direction: "asc", after: null } as const;
  for await (const batch of world.source.batches(all, 1000)) {
    const own = batch.filter((one) => featureOf(world, one) === feature.id);
    const spans = own.filter(({ checked }) => checked !== null).map((one) => spanOf(world, one));
    if (spans.length > 0) {
      await parts.removeReadings(spans, source, "deleted with its FeatureOfInterest through SensorThings");
    }
    world.rows.remove(own.map(({ id }) => id));
  }
}

function spanOf(world: World, { stream: id, time }: StoredObservation): ReadingSpan {
  const stream = world.entities.stream(id);
  const datastream = stream ? storeName(stream) : null;
  if (!stream || datastream === null || stream.packId !== null) {
    throw conflict("Observations of the city's own stations belong to it; they are not deleted through SensorThings");
  }
  return { datastream, from: time.from - 1, to: time.from };
}
