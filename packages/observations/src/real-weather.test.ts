import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { requireSharedData, seededRandom, sharedData, temporaryFolder } from "@ioc/testkit";
import { createReceiver } from "./index.ts";
import type { ObservationInput } from "./index.ts";
import { openObservations } from "./sqlite/index.ts";
import { DAY, HOUR, specOf } from "./test-store.ts";

const FILE = "weather-nyc-airports";
const PERIOD = { periodSeconds: 3600 };
const SPECS = ["EWR", "LGA"].flatMap((station) => [
  specOf(`${station}:temp`, { ...PERIOD, kind: "instant", min: -40, max: 55 }),
  specOf(`${station}:wind_speed`, { ...PERIOD, unit: "m/s", min: 0, max: 75 }),
  specOf(`${station}:pressure`, { ...PERIOD, unit: "kPa", kind: "instant", min: 90, max: 105 }),
  specOf(`${station}:rain`, { ...PERIOD, unit: "mm", kind: "total", min: 0, max: 200 }),
]);
/** Columns of the file with the units they are in, and the conversion written out anew. */
const COLUMNS = [
  { column: "temp", property: "temp", unit: "degF", convert: (f: number) => ((f - 32) * 5) / 9 },
  { column: "wind_speed", property: "wind_speed", unit: "mph", convert: (v: number) => v * 0.44704 },
  { column: "pressure", property: "pressure", unit: "mbar", convert: (p: number) => p / 10 },
  { column: "precip", property: "rain", unit: "[in_i]", convert: (i: number) => i * 25.4 },
];

interface Expected extends ObservationInput {
  station: string;
  property: string;
  converted: number | null;
}

function readWeather(): Expected[] {
  const [head = "", ...lines] = gunzipSync(readFileSync(sharedData(FILE, "weather.csv.gz")))
    .toString("utf8")
    .trim()
    .split("\n");
  const names = head.split(",");
  return lines.flatMap((line) => {
    const row = new Map(line.split(",").map((cell, i) => [names[i], cell]));
    return COLUMNS.map(({ column, property, unit, convert }): Expected => {
      const result = row.get(column) ? Number(row.get(column)) : null;
      const phenomenonTime = Date.parse(row.get("time_hour") ?? "");
      const converted = result === null ? null : convert(result);
      return { index: 0, station: row.get("origin") ?? "", property, phenomenonTime, result, unit, converted };
    });
  });
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe.skipIf(!requireSharedData(FILE))("a year of two airports in American units, shuffled", () => {
  test("ends as the same year in metric units, day by day, with the absurd reading left out", async () => {
    using folder = temporaryFolder();
    const store = await openObservations({ file: join(folder.path, "observations.db"), utcOffsetMinutes: -300 });
    try {
      await store.writer.register(SPECS);
      const readings = readWeather();
      const end = Math.max(...readings.map((r) => r.phenomenonTime));
      const { receive } = createReceiver({ specs: SPECS, ...store, now: () => end });
      const sent = shuffled(readings, seededRandom(4));
      for (let i = 0; i < sent.length; i += 9973) {
        const batch = sent.slice(i, i + 9973).map((reading, index) => ({ ...reading, index }));
        const receipt = await receive(batch, "airports");
        expect(receipt).toMatchObject({ stored: batch.length, quarantined: 0 });
      }
      expect((await store.reader.counts()).observations).toBe(readings.length);
      for (const spec of SPECS) {
        const own = readings.filter((r) => `${r.station}:${r.property}` === spec.id);
        const valid = own.filter((r) => r.converted !== null && r.converted <= (spec.max ?? Infinity));
        const days = Object.groupBy(valid, (r) => Math.ceil((r.phenomenonTime - 5 * HOUR) / DAY) * DAY + 5 * HOUR);
        const answer = await store.reader.history({
          datastream: spec.id,
          from: 0,
          to: end + DAY,
          resolution: "1d",
          points: 400,
        });
        expect(answer.time).toEqual(Object.keys(days).map(Number));
        for (const [i, day] of Object.values(days).entries()) {
          const values = day!.map((r) => r.converted!);
          const sum = values.reduce((a, b) => a + b);
          expect(answer.count?.[i]).toBe(values.length);
          expect(answer.value[i]).toBeCloseTo(spec.kind === "total" ? sum : sum / values.length, 8);
          expect(answer.max?.[i]).toBeCloseTo(Math.max(...values), 8);
        }
      }
      // The file's known flaw: 1,048 mph at Newark on 12 February 2013.
      const absurd = await store.reader.raw({ datastreams: ["EWR:wind_speed"], from: 0, to: end, validOnly: false });
      expect(absurd.result.filter((_, i) => absurd.quality[i] === 4)).toEqual([expect.closeTo(468.66, 2)]);
      const pressure = await store.reader.raw({ datastreams: ["EWR:pressure"], from: 0, to: end, validOnly: false });
      const missing = readings.filter((r) => r.station === "EWR" && r.property === "pressure" && r.result === null);
      expect(pressure.quality.filter((q) => q === 9)).toHaveLength(missing.length);
    } finally {
      await store.close();
    }
  });
});
