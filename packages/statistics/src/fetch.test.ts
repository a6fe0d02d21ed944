import { join } from "node:path";
import { expect, test } from "vitest";
import { datastreamSpecs } from "@ioc/city-pack";
import type { QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { temporaryFolder } from "@ioc/testkit";
import { fetchReads } from "./fetch.ts";
import type { Read } from "./step.ts";
import { day, emptyRows, hour, minute, networkWith, stream } from "./test-city.ts";

const [first, second] = ["sf-phuong-an-khe", "sf-to-15-duong-da-son-2"] as const;
const network = networkWith([first, second]);
const [one, two] = [stream(first, "depth"), stream(second, "depth")];
/** Local midnight in the city. */
const midnight = Date.parse("2026-10-20T00:00:00+07:00");

const reading = (datastream: string, time: number, result: number): QualifiedObservation => ({
  datastream,
  phenomenonTime: time,
  resultTime: time,
  result,
  quality: 1,
  reasons: [],
});

async function fetched(observations: QualifiedObservation[], reads: Read[]) {
  using folder = temporaryFolder();
  const store = await openObservations({ file: join(folder.path, "observations.db") });
  try {
    await store.writer.register(datastreamSpecs(network));
    await store.writer.record(observations);
    return await fetchReads(reads, { reader: store.reader, datasets: emptyRows });
  } finally {
    await store.close();
  }
}

test("days are those of the city, with the midnight value in the day that ends then", async () => {
  const { data, asOf } = await fetched(
    [
      reading(one, midnight - hour, 1),
      reading(one, midnight, 3),
      reading(one, midnight + minute, 5),
      reading(two, midnight, 2),
    ],
    [{ kind: "days", from: midnight - day, to: midnight + day, datastreams: [one, two] }],
  );
  expect(data.days(midnight - day, midnight + day, one)).toEqual({
    time: [midnight, midnight + day],
    count: [2, 1],
    sum: [4, 5],
    max: [3, 5],
    last: [3, 5],
  });
  expect(data.days(midnight - day, midnight + day, two)?.count).toEqual([1]);
  expect(asOf(new Set([two]), midnight + day)).toBe(midnight);
});

test("near a level only the days that reach it are read, with an hour around, each reading once, by datastream", async () => {
  const every = (from: number, to: number, value: number, id: string) =>
    Array.from({ length: (to - from) / (10 * minute) }, (_, i) => reading(id, from + (i + 1) * 10 * minute, value));
  const read = {
    kind: "near",
    from: midnight - 5 * day,
    to: midnight + 90 * minute,
    level: 0.15,
    datastreams: [one, two],
  } as const;
  const { data } = await fetched(
    [
      // Three dry days, two days that reach the level side by side, and the running one that is dry so far.
      ...every(midnight - 5 * day, midnight - 2 * day, 0.02, one),
      ...every(midnight - 2 * day, midnight, 0.15, one),
      ...every(midnight, midnight + 90 * minute, 0.1, one),
      ...every(midnight - 5 * day, midnight, 0.14, two),
      reading(two, midnight + 60 * minute, 0.3),
      reading(two, midnight + 2 * hour, 0.4),
    ],
    [read],
  );
  const times = data.near(read.from, read.to, 0.15, one).map(({ time }) => time);
  expect(times).toEqual(
    Array.from({ length: 6 + 288 + 6 }, (_, i) => midnight - 2 * day - hour + (i + 1) * 10 * minute),
  );
  // The second datastream reaches the level today: from 23:00 on, but not beyond the end of the read.
  const other = data.near(read.from, read.to, 0.15, two);
  expect([other.length, other[0]?.time, other.at(-1)?.value]).toEqual([7, midnight - 50 * minute, 0.3]);
  expect(data.near(read.from, read.to, 0.2, one)).toEqual([]);
});
