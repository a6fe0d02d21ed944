import { join } from "node:path";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import type { DatastreamSpec } from "../port.ts";
import { openObservationReader } from "./open-reader.ts";
import { openObservations } from "./open.ts";

const zone = "Asia/Ho_Chi_Minh";
const start = Date.UTC(2026, 9, 1);
const spec: DatastreamSpec = {
  id: "s:level",
  station: "s",
  property: "level",
  unit: "m",
  kind: "instant",
  periodSeconds: 60,
  min: null,
  max: null,
  maxStep: null,
  decimals: 2,
};
const reading = (minute: number) => {
  const at = start + minute * 60_000;
  return {
    datastream: spec.id,
    phenomenonTime: at,
    resultTime: at,
    result: minute,
    quality: 1 as const,
    reasons: [],
  };
};

test("reads beside the writer of the file, also what is committed afterwards", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.writer.register([spec]);
  await store.writer.record(Array.from({ length: 3000 }, (_, minute) => reading(minute)));
  const reader = await openObservationReader(file, zone);
  const query = { datastreams: [spec.id, "unknown:level"], from: start + 60_000, to: start + 4000 * 60_000 };
  expect(await reader.raw(query)).toEqual(await store.reader.raw(query));
  expect(await reader.span()).toEqual(await store.reader.span());
  const hours = { ...query, width: "1h" as const };
  expect(await reader.rollups(hours)).toEqual(await store.reader.rollups(hours));
  expect(await reader.latestValid([spec.id], start + 10_000_000)).toEqual(
    await store.reader.latestValid([spec.id], start + 10_000_000),
  );
  await store.writer.record([reading(3500)]);
  expect((await reader.raw(query)).time.at(-1)).toBe(start + 3500 * 60_000);
  await reader.close();
  await store.close();
});

test("reads a file that nobody writes, and says what is wrong with one that it cannot read", async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "observations.db");
  const store = await openObservations({ file });
  await store.close();
  const reader = await openObservationReader(file, zone);
  expect(await reader.span()).toBeNull();
  await reader.close();
  await expect(openObservationReader(join(folder.path, "none.db"), zone)).rejects.toThrow("none.db");
});
