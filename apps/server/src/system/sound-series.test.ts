import { expect, test } from "vitest";
import { StoreUnavailable, type ObservationReader } from "@ioc/observations";
import { soundSeriesOf } from "./sound-series.ts";

const ids = Array.from({ length: 1000 }, (_, i) => `s:${i}`);
const span = { from: 0, to: 10 };

/** A reader of one reading a datastream that fails for the given ones. */
function readerOf(fails: (datastream: string) => Error | null) {
  let calls = 0;
  const refuse = (datastreams: readonly string[]) => {
    calls += 1;
    for (const id of datastreams) {
      const error = fails(id);
      if (error) throw error;
    }
  };
  const reader = {
    raw: async ({ datastreams }: { datastreams: readonly string[] }) => {
      refuse(datastreams);
      const column = <T>(value: T) => datastreams.map(() => value);
      return { datastream: [...datastreams], time: column(1), result: column(2), quality: column(1) };
    },
    latestValid: async (datastreams: readonly string[]) => {
      refuse(datastreams);
      return datastreams.map((datastream) => ({ datastream, phenomenonTime: 1, result: 2, quality: 1, reasons: [] }));
    },
  } as unknown as ObservationReader;
  return { sound: soundSeriesOf(reader), calls: () => calls };
}

const damage = new StoreUnavailable("a page is damaged");

test("what cannot be read is left out, in few calls and in order", async () => {
  const bad = new Set(["s:3", "s:4", "s:777"]);
  const { sound, calls } = readerOf((id) => (bad.has(id) ? damage : null));
  const rows = await sound.raw({ datastreams: ids, ...span });
  expect(rows.datastream).toEqual(ids.filter((id) => !bad.has(id)));
  expect([rows.time.length, rows.result.length, rows.quality.length]).toEqual([997, 997, 997]);
  expect(calls()).toBeLessThan(60);
  expect((await sound.latestValid(ids, 10)).map(({ datastream }) => datastream)).toEqual(rows.datastream);
});

test("one call is enough when all is well", async () => {
  const { sound, calls } = readerOf(() => null);
  await sound.raw({ datastreams: ids, ...span });
  expect(calls()).toBe(1);
});

test("a file of which nothing can be read, and any other fault, is an error", async () => {
  const { sound, calls } = readerOf(() => damage);
  await expect(sound.raw({ datastreams: ids, ...span })).rejects.toBe(damage);
  expect(calls()).toBeLessThanOrEqual(520);
  const other = readerOf(() => new RangeError("too much"));
  await expect(other.sound.raw({ datastreams: ids, ...span })).rejects.toThrow("too much");
  expect(other.calls()).toBe(1);
});
