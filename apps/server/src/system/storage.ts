import { statfs, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Network } from "@ioc/contracts";
import type { DatastreamSpec, ObservationReader } from "@ioc/observations";

/** What is stored of one property of one kind of station. */
export interface PropertyStorage {
  kind: string;
  property: string;
  datastreams: number;
  readings: number;
  /** Oldest and newest phenomenonTime, ms; null when empty. */
  from: number | null;
  to: number | null;
  /** Of readings and rollups, without the overhead of pages. */
  bytes: number;
}

export interface StorageFigures {
  /** When it was counted, ms of real time. */
  countedAt: number;
  properties: readonly PropertyStorage[];
}

export interface StorageWatch {
  /** At most `countEveryMs` old; an older count is given while a new one is made, and only the first one is waited for. */
  figures(): Promise<StorageFigures>;
  /** Bytes of each file of the data folder that is there. */
  files(): Promise<Record<string, number>>;
  /** Of the file system that the data folder is on; null where it is not told. */
  disk(): Promise<{ freeBytes: number; totalBytes: number } | null>;
}

/** Going over all datastreams is not for every request. */
const countEveryMs = 60_000;
/** With their write-ahead logs. */
const databaseFiles = ["observations.db", "datasets.db", "city.db"].flatMap((name) => [name, `${name}-wal`]);

/** @param wallNow Real time, ms. */
export function watchStorage(options: {
  reader: Pick<ObservationReader, "profile">;
  network: Network;
  specs: readonly DatastreamSpec[];
  dataDir: string;
  wallNow: () => number;
}): StorageWatch {
  const { reader, wallNow, dataDir } = options;
  const kindOf = new Map(options.network.stations.map((station) => [station.id, station.kind]));
  const placeOf = new Map(
    options.specs.map((spec) => [spec.id, { kind: kindOf.get(spec.station) ?? "", property: spec.property }]),
  );
  let known: StorageFigures | undefined;
  let counting: Promise<StorageFigures> | undefined;

  const count = async (): Promise<StorageFigures> => {
    const table = new Map<string, PropertyStorage>();
    const rowOf = ({ kind, property }: { kind: string; property: string }): PropertyStorage => {
      const key = `${kind} ${property}`;
      const row = table.get(key) ?? { kind, property, datastreams: 0, readings: 0, from: null, to: null, bytes: 0 };
      table.set(key, row);
      return row;
    };
    for (const place of placeOf.values()) rowOf(place).datastreams += 1;
    for (const one of await reader.profile()) {
      const place = placeOf.get(one.datastream);
      // A datastream of an earlier pack still takes room.
      const row = rowOf(place ?? { kind: "other", property: "other" });
      if (!place) row.datastreams += 1;
      row.readings += one.count;
      row.bytes += one.bytes;
      row.from = either(row.from, one.from, Math.min);
      row.to = either(row.to, one.to, Math.max);
    }
    known = { countedAt: wallNow(), properties: [...table.values()] };
    return known;
  };
  const recount = () => (counting ??= count().finally(() => (counting = undefined)));

  return {
    async figures() {
      if (!known) return recount();
      if (wallNow() - known.countedAt > countEveryMs) recount().catch(() => {});
      return known;
    },
    async files() {
      const sizes = await Promise.all(
        databaseFiles.map(async (name) => [name, await sizeOf(join(dataDir, name))] as const),
      );
      return Object.fromEntries(sizes.flatMap(([name, size]) => (size === null ? [] : [[name, size]])));
    },
    async disk() {
      try {
        const { bavail, blocks, bsize } = await statfs(dataDir);
        return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
      } catch {
        return null;
      }
    },
  };
}

function either(a: number | null, b: number | null, choose: (a: number, b: number) => number): number | null {
  if (a === null) return b;
  return b === null ? a : choose(a, b);
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch {
    return null;
  }
}
