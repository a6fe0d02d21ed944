import { openDatabase } from "@ioc/database";
import type { ObservationRecord, PageQuery } from "@ioc/observations";
import { seededRandom, temporaryFolder } from "@ioc/testkit";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EntityFile } from "../entities/entity-file.ts";
import { readingId } from "./observation-id.ts";
import { ObservationRows, type ObservationRow } from "./rows.ts";
import { ObservationSource } from "./source.ts";
import { comparePlaces, placeOfObservation, type Direction, type StoredObservation } from "./stored.ts";

const names = {
  nameOf: (stream: number) => (stream < 10 ? `s${stream}` : null),
  streamOf: (name: string) => Number(name.slice(1)),
};

/** Pages of readings in memory, as the port describes them. */
function readerOf(records: readonly ObservationRecord[]) {
  return {
    page({ datastreams, from, to, order, after, limit }: PageQuery): Promise<ObservationRecord[]> {
      const sign = order === "asc" ? 1 : -1;
      const rank = (id: string) => datastreams.indexOf(id);
      const compare = (a: { phenomenonTime: number; datastream: string }, b: typeof a) =>
        sign * (a.phenomenonTime - b.phenomenonTime) || rank(a.datastream) - rank(b.datastream);
      const inside = records.filter(
        ({ datastream, phenomenonTime: t }) => rank(datastream) >= 0 && t > from && t <= to,
      );
      const behind = inside.filter((one) => !after || compare(one, after) > 0);
      return Promise.resolve(behind.sort(compare).slice(0, limit));
    },
  };
}

const record = (stream: number, time: number): ObservationRecord => ({
  datastream: `s${stream}`,
  phenomenonTime: time,
  resultTime: time,
  result: time,
  quality: 1,
  reasons: [],
});

function row(stream: number, time: number, more: Partial<ObservationRow>): ObservationRow {
  const base = { stream, time: { from: time, to: null }, result: "own", resultTime: null, feature: null, more: {} };
  return { id: 0, own: true, ...base, ...more };
}

async function allOf(source: ObservationSource, direction: Direction, size: number, after: StoredObservation | null) {
  const found: StoredObservation[] = [];
  const place = after && placeOfObservation(after);
  const span = { streams: [1, 2, 12], all: true, from: -Infinity, to: Infinity, direction, after: place };
  for await (const batch of source.batches(span, size)) found.push(...batch);
  return found;
}

test.each([1, 2, 3, 4, 5])(
  "readings and rows are merged in order, from any place on, in batches of any size (seed %d)",
  async (seed) => {
    using folder = temporaryFolder();
    const db = openDatabase(join(folder.path, "city.db"));
    void new EntityFile(db);
    const rows = new ObservationRows(db);
    const random = seededRandom(seed);
    const pick = (n: number) => Math.floor(random() * n);
    const times = new Set(Array.from({ length: 60 }, () => `${1 + pick(2)} ${100_000_000 + pick(25)}`));
    const records = [...times].map((key) => record(Number(key.split(" ")[0]), Number(key.split(" ")[1])));
    const own = Array.from({ length: 40 }, () =>
      row([1, 2, 12][pick(3)] ?? 1, 100_000_000 + pick(25), { id: rows.nextId() }),
    );
    const beside = records
      .filter(() => pick(3) === 0)
      .map(({ datastream, phenomenonTime }) => {
        const stream = names.streamOf(datastream);
        return row(stream, phenomenonTime, {
          id: readingId(stream, phenomenonTime),
          own: false,
          more: { resultQuality: "x" },
        });
      });
    rows.put([...own, ...beside]);
    const source = new ObservationSource(readerOf(records), rows, names);
    for (const direction of ["asc", "desc"] as const) {
      const all = await allOf(source, direction, 1000, null);
      expect(all).toHaveLength(records.length + own.length);
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      expect(all.filter(({ more }) => more["resultQuality"] === "x")).toHaveLength(beside.length);
      const sorted = all.toSorted((a, b) => comparePlaces(placeOfObservation(a), placeOfObservation(b), direction));
      expect(all).toEqual(sorted);
      for (const size of [1, 2, 7]) {
        const from = pick(all.length);
        expect(await allOf(source, direction, size, all[from] ?? null)).toEqual(all.slice(from + 1));
      }
    }
    for (const one of [...own, ...beside]) expect((await source.get(one.id))?.time.from).toBe(one.time.from);
    db.close();
  },
);
