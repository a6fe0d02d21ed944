import type { ObservationReader } from "@ioc/observations";
import type { Entities } from "../entities/entities.ts";
import { isStream, type Entity } from "../entities/entity.ts";
import { timeText } from "../model/times.ts";
import type { NewestReadings } from "../observations/newest.ts";
import type { ObservationRows } from "../observations/rows.ts";
import type { ObservationSource } from "../observations/source.ts";
import type { ReadingSpans } from "../observations/spans.ts";

/** Everything that answers are made of. */
export interface World {
  entities: Entities;
  rows: ObservationRows;
  source: ObservationSource;
  newest: NewestReadings;
  spans: ReadingSpans;
  reader: Pick<ObservationReader, "profile">;
}

/** Name of a Datastream in the time-series store; null for a MultiDatastream, which has no readings there. */
export function storeName(stream: Entity): string | null {
  if (stream.type.set !== "Datastreams") return null;
  return stream.packId ?? createdName(stream.id);
}

/** Name in the time-series store of a Datastream that a client created. */
export function createdName(id: number): string {
  return `sta:${id}`;
}

/** Makes what {@link phenomenonTimeOf} answers known. @param now city time, ms */
export async function loadSpans(world: World, entities: readonly Entity[], now: number): Promise<void> {
  const names = entities.filter(({ type }) => isStream(type.set)).map(storeName);
  await world.spans.load(
    names.filter((name) => name !== null),
    now,
  );
}

/** From the first to the last phenomenonTime of a stream's Observations; undefined when it has none. */
export function phenomenonTimeOf(world: World, stream: Entity): string | undefined {
  const name = storeName(stream);
  const spans = [name === null ? null : world.spans.get(name), world.rows.spanOf(stream.id)];
  const known = spans.filter((span) => span !== null);
  if (known.length === 0) return undefined;
  const from = Math.min(...known.map((span) => span.from));
  return timeText({ from, to: Math.max(...known.map((span) => span.to)) });
}
