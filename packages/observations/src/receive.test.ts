import { join } from "node:path";
import { expect, test } from "vitest";
import { receipt as receiptSchema } from "@ioc/contracts";
import { temporaryFolder } from "@ioc/testkit";
import { createReceiver, StoreBusy } from "./index.ts";
import type { ChangeLog, ObservationInput, QualifiedObservation } from "./index.ts";
import { openObservations } from "./sqlite/index.ts";
import { DAY, HOUR, MINUTE, specOf, T0 } from "./test-store.ts";

const SPECS = [
  specOf("wx-bana:temp", { min: -10, max: 50, maxStep: 5, periodSeconds: 600 }),
  specOf("wx-bana:wind_speed", { unit: "m/s", min: 0, max: 75 }),
  specOf("aq-haichau:pm25", { unit: "ug/m3", min: 0, max: 1000, periodSeconds: 3600 }),
];
const TEMP = { station: "wx-bana", property: "temp" };

async function setup(options: { maxQueued?: number } = {}) {
  const folder = temporaryFolder();
  const store = await openObservations({ file: join(folder.path, "observations.db"), ...options });
  await store.writer.register(SPECS);
  const clock = { now: T0 };
  const makeReceiver = () => createReceiver({ specs: SPECS, ...store, now: () => clock.now });
  return {
    store,
    clock,
    makeReceiver,
    ...makeReceiver(),
    stored: (datastream: string) =>
      store.reader.raw({ datastreams: [datastream], from: 0, to: T0 * 2, validOnly: false }),
    async [Symbol.asyncDispose]() {
      await store.close();
      folder[Symbol.dispose]();
    },
  };
}

function input(index: number, given: Partial<ObservationInput> = {}): ObservationInput {
  return { index, ...TEMP, phenomenonTime: T0 - HOUR, result: 20, ...given };
}

test("records a reading named by datastream or by station and property, in the datastream's unit", async () => {
  await using s = await setup();
  const receipt = await s.receive(
    [
      input(0, { result: 68, unit: "[degF]" }),
      input(1, { datastream: "wx-bana:wind_speed", station: undefined, property: undefined, result: 36, unit: "km/h" }),
    ],
    "http",
  );
  expect(receiptSchema.parse(receipt)).toEqual({
    received: 2,
    stored: 2,
    duplicate: 0,
    corrected: 0,
    quarantined: 0,
    sequence: 1,
    items: [],
  });
  expect((await s.stored("wx-bana:temp")).result).toEqual([20]);
  expect((await s.stored("wx-bana:wind_speed")).result).toEqual([10]);
});

test("what cannot be placed is quarantined alone, with a reason that helps", async () => {
  await using s = await setup();
  const receipt = await s.receive(
    [
      input(0, { station: "wx-bama" }),
      input(1, { property: "tempp" }),
      input(2, { property: "salinity" }),
      input(3, { datastream: "wx-bana:temps" }),
      input(4, { unit: "ug/m3" }),
      input(5, { phenomenonTime: T0 + 10 * MINUTE + 1 }),
      input(6, { phenomenonTime: 1000 }),
      input(7, { result: NaN }),
      input(8, { phenomenonTime: NaN }),
      input(9, { station: undefined }),
      input(10, { station: "qqqqqqqqqqqq" }),
      input(11),
    ],
    "http",
  );
  expect(receipt).toMatchObject({ received: 12, stored: 1, quarantined: 11, sequence: 1 });
  expect(receipt.items.map((item) => [item.index, item.reason, item.message])).toEqual([
    [0, "unknown-station", 'station "wx-bama" is not known; nearest is wx-bana'],
    [1, "unknown-property", 'station wx-bana has no property "tempp"; nearest is temp'],
    [2, "unknown-property", 'station wx-bana has no property "salinity"; it observes temp, wind_speed'],
    [3, "unknown-property", 'station wx-bana has no property "temps"; nearest is temp'],
    [4, "bad-unit", 'wx-bana:temp is measured in Cel, not in "ug/m3"; right are: Cel, [degF], K'],
    [5, "impossible-time", "phenomenonTime lies 10 minutes after city time; at most 10 are allowed"],
    [6, "impossible-time", "phenomenonTime lies before 2 January 1970: the sender's clock was never set"],
    [7, "not-a-number", "result NaN is not a finite number; send null for no value"],
    [8, "impossible-time", "phenomenonTime is not a time"],
    [9, "bad-item", "name `datastream`, or `station` and `property`"],
    [10, "unknown-station", 'station "qqqqqqqqqqqq" is not known'],
  ]);
  const { items, total } = await s.store.reader.quarantined({ limit: 20, offset: 0 });
  expect(total).toBe(11);
  expect(items.at(-1)).toMatchObject({ time: T0, source: "http", reason: "unknown-station" });
  expect(JSON.parse(items.at(-1)?.sample ?? "")).toMatchObject({ index: 0, station: "wx-bama", result: 20 });
});

test("items that the source could not parse are counted in the same receipt", async () => {
  await using s = await setup();
  const unparsable = [{ index: 1, reason: "bad-item" as const, message: "result: expected number", sample: '{"a":1}' }];
  const receipt = await s.receive([input(0), input(2, { result: 30 })], "http", unparsable);
  expect(receipt).toMatchObject({ received: 3, stored: 1, corrected: 1, quarantined: 1 });
  expect(receipt.items.map((item) => [item.index, item.outcome])).toEqual([
    [1, "quarantined"],
    [2, "corrected"],
  ]);
});

test("a payload of which nothing can be read is quarantined", async () => {
  await using s = await setup();
  await s.quarantine("mqtt", [{ reason: "bad-json", message: "unexpected end", sample: "{".repeat(900) }]);
  const { items } = await s.store.reader.quarantined({ limit: 1, offset: 0 });
  expect(items).toMatchObject([{ source: "mqtt", reason: "bad-json", time: T0 }]);
  expect(items[0]?.sample).toHaveLength(500);
});

test("readings are judged in the order of their times, whatever the order they came in", async () => {
  await using s = await setup();
  const at = (minutes: number, result: number) => ({ phenomenonTime: T0 - HOUR + minutes * MINUTE, result });
  await s.receive([input(0, at(20, 21)), input(1, at(10, 30)), input(2, at(0, 20))], "http");
  expect(await s.stored("wx-bana:temp")).toMatchObject({ result: [20, 30, 21], quality: [1, 3, 1] });
});

test("a receiver that starts anew continues from what is stored", async () => {
  await using s = await setup();
  await s.receive([input(0)], "http");
  const again = s.makeReceiver();
  await again.receive([input(0, { phenomenonTime: T0 - HOUR + 10 * MINUTE, result: 40 })], "http");
  expect((await s.store.reader.latest(["wx-bana:temp"]))[0]).toMatchObject({ quality: 3, reasons: ["spike"] });
});

test("doubtful and bad readings are kept and marked", async () => {
  await using s = await setup();
  const ahead = input(0, { phenomenonTime: T0 + 10 * MINUTE, result: 99, resultTime: T0 });
  expect(await s.receive([ahead], "http")).toMatchObject({ stored: 1, quarantined: 0 });
  expect((await s.store.reader.latest())[0]).toMatchObject({ result: 99, quality: 4, reasons: ["skew", "range"] });
});

test("the receipt lists at most 1,000 items, and counts all", async () => {
  await using s = await setup();
  const inputs = Array.from({ length: 1500 }, (_, i) => input(i));
  const receipt = await s.receive(inputs, "http");
  expect(receipt).toMatchObject({ received: 1500, stored: 1, duplicate: 1499 });
  expect(receipt.items).toHaveLength(1000);
  expect(receipt.items[0]).toEqual({ index: 1, outcome: "duplicate" });
});

test("nothing but unplaceable readings: no sequence, all quarantined", async () => {
  await using s = await setup();
  const receipt = await s.receive([input(0, { station: "x" }), input(1, { station: "y" })], "http");
  expect(receipt).toMatchObject({ received: 2, stored: 0, quarantined: 2, sequence: null });
});

test("a busy store refuses the batch whole: nothing of it is recorded or quarantined", async () => {
  await using s = await setup({ maxQueued: 5 });
  const many = Array.from({ length: 5 }, (_, i) => input(i, { phenomenonTime: T0 - HOUR + i * MINUTE }));
  await s.receive([input(0, { phenomenonTime: T0 - DAY })], "http");
  const first = s.receive(many, "http");
  await expect(s.receive([input(0), input(1, { station: "x" })], "http")).rejects.toBeInstanceOf(StoreBusy);
  expect((await first).stored).toBe(5);
  expect((await s.store.reader.counts()).quarantined).toBe(0);
});

/** Value, quality and reasons of every reading that is recorded from now on, in the order of their times. */
function recorded(changes: ChangeLog): () => unknown[][] {
  const seen: QualifiedObservation[] = [];
  changes.subscribe(({ observations }) => seen.push(...observations));
  return () =>
    seen
      .toSorted((a, b) => a.phenomenonTime - b.phenomenonTime)
      .map(({ result, quality, reasons }) => [result, quality, ...reasons]);
}

const at = (minutes: number, result: number) => input(0, { phenomenonTime: T0 - HOUR + minutes * MINUTE, result });

test("a late batch is judged against what is stored before it, as if it had come in time", async () => {
  await using s = await setup();
  const readings = recorded(s.store.changes);
  await s.receive([at(0, 20), at(40, 21)], "http");
  // The buffer of a station that was cut off: its first reading follows the stored 20 by one period.
  await s.receive([at(10, 26), at(20, 21), at(30, 27)], "http");
  expect(readings()).toEqual([
    [20, 1],
    [26, 3, "spike"],
    [21, 1],
    [27, 3, "spike"],
    [21, 1, "gap"],
  ]);
});

test("a single late reading is compared with its predecessor in the store, not with a later one", async () => {
  await using s = await setup();
  const readings = recorded(s.store.changes);
  for (const reading of [at(0, 20), at(10, 24), at(20, 28), at(5, 27), at(15, 27)]) await s.receive([reading], "http");
  expect(readings()).toEqual([
    [20, 1],
    [27, 3, "spike"],
    [24, 1],
    [27, 1],
    [28, 1],
  ]);
});

test("codes of the source are kept as reasons, with an end to how many are told apart", async () => {
  await using s = await setup();
  const readings = recorded(s.store.changes);
  await s.receive([{ ...at(60, 20), quality: 4, sourceCodes: ["-3", "GSM", "-3"] }], "import");
  expect(readings()).toEqual([[20, 4, "source:-3", "source:GSM"]]);
  const many = Array.from({ length: 400 }, (_, i) => ({ ...at(-i, 20), sourceCodes: [`c${i}`] }));
  await s.receive(many, "import");
  const kept = new Set(
    readings().flatMap((reading) => reading.slice(2).filter((r) => String(r).startsWith("source:"))),
  );
  expect(kept.size).toBe(257);
  expect(kept).toContain("source:other");
});
