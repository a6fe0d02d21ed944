import type { Database } from "@ioc/database";
import type { Change, DatastreamSpec, ObservationReader } from "@ioc/observations";
import { Draft } from "./write/draft.ts";
import { EntityFile } from "./entities/entity-file.ts";
import { createdSpec, loadEntities, streamNames } from "./entities/load.ts";
import type { PackSource } from "./entities/pack-entities.ts";
import { NewestReadings } from "./observations/newest.ts";
import { ObservationRows } from "./observations/rows.ts";
import { ObservationSource } from "./observations/source.ts";
import { ReadingSpans } from "./observations/spans.ts";
import { readResource, type Answer } from "./read/reader.ts";
import { storeName, type World } from "./read/world.ts";
import { Updates } from "./updates/updates.ts";
import type { RemoveReadings } from "./write/change-observation.ts";
import type { Receive } from "./write/record.ts";
import { createWriting, type Writing } from "./write/writing.ts";

export interface SensorThingsOptions {
  /** Where entities are kept; the city's own database. */
  database: Database;
  pack: PackSource;
  reader: ObservationReader;
  /** The way in for readings; resolves after the commit. */
  receive: Receive;
  /** Makes datastreams known to the time-series store and to the intake. */
  register: (specs: readonly DatastreamSpec[]) => Promise<void>;
  /** Removes readings; resolves after the commit. */
  removeReadings: RemoveReadings;
  /** City time, ms. */
  now: () => number;
  /** Address of the service for messages that answer no request. */
  root: () => string;
}

/** OGC SensorThings API 1.1 without a transport. */
export interface SensorThings extends Writing {
  /**
   * Answers a GET below the root.
   * @param path decoded, below the root of the service
   * @param search query string without `?`
   * @param root address of the service without a slash at its end
   * @throws {SensorThingsProblem} for what cannot be answered
   */
  read(path: string, search: string, root: string): Promise<Answer>;
  /** Follows the change log of the time-series store. */
  observe(change: Change): void;
  /** Asks for the newest reading of every Datastream once, so that the first who wants them need not wait. */
  warm(): Promise<void>;
  updates: Updates;
}

/** @throws {DatabaseError | StoreUnavailable} when what is kept cannot be read */
export async function openSensorThings(options: SensorThingsOptions): Promise<SensorThings> {
  const { reader } = options;
  // City time that runs fast has fractions of a millisecond; times of Observations have none.
  const now = () => Math.round(options.now());
  const file = new EntityFile(options.database);
  const entities = loadEntities(file, options.pack, now());
  const rows = new ObservationRows(options.database);
  const source = new ObservationSource(reader, rows, streamNames(entities));
  const newest = new NewestReadings(reader);
  const spans = new ReadingSpans(reader);
  const world: World = { entities, rows, source, newest, spans, reader };
  const created = entities.list("Datastreams").filter(({ packId }) => packId === null);
  if (created.length > 0) await options.register(created.map(({ id }) => createdSpec(id)));
  const updates = new Updates(world, options.root, now);
  const draft = () => new Draft(entities, (set) => file.nextId(set));
  return {
    read: (path, search, root) => readResource(world, { path, search, root, now: now() }),
    ...createWriting({ ...options, now, world, file, updates, draft }),
    observe(change) {
      newest.observe(change);
      spans.observe(change);
      updates.observe(change);
    },
    async warm() {
      const names = entities.list("Datastreams").map(storeName);
      await newest.of(names.filter((name) => name !== null));
    },
    updates,
  };
}
