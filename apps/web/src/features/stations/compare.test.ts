import { expect, it } from "vitest";
import type { AggregateAnswer, StationItem } from "@ioc/contracts";
import { bucketFor, compareFrame } from "./compare-frame.ts";
import { distance, neighboursOf } from "./nearest.ts";

const day = 86_400_000;
const at = (id: string, lat: number, lon: number, more: Partial<StationItem> = {}) =>
  ({ id, kind: "weather", lat, lon, datastreams: [`${id}:temp`], ...more }) as StationItem;

it("measures distances: a degree of latitude is 111.2 km", () => {
  expect(distance({ lat: 16, lon: 108 }, { lat: 17, lon: 108 })).toBeCloseTo(111_195, -1);
  expect(distance({ lat: 16, lon: 108 }, { lat: 16, lon: 108 })).toBe(0);
});

it("lists the nearest stations of the kind that observe the property, and the chosen ones wherever they are", () => {
  const own = at("own", 16, 108);
  const all = [
    own,
    at("far", 17, 108),
    at("near", 16.01, 108),
    at("middle", 16.1, 108),
    at("other-kind", 16, 108, { kind: "rain" }),
    at("blind", 16, 108, { datastreams: ["blind:rh"] }),
  ];
  const ids = (most: number, always?: string[]) =>
    neighboursOf(own, "temp", all, most, always).map(({ station }) => station.id);
  expect(ids(8)).toEqual(["near", "middle", "far"]);
  expect(ids(1)).toEqual(["near"]);
  expect(ids(1, ["far"])).toEqual(["near", "far"]);
});

it("takes the finest bucket that fits the width and is no finer than the readings", () => {
  expect(bucketFor(day, 600, 400).bucket).toBe("PT15M");
  expect(bucketFor(day, 3600, 400).bucket).toBe("PT1H");
  expect(bucketFor(7 * day, 600, 400).bucket).toBe("PT1H");
  expect(bucketFor(30 * day, 600, 400).bucket).toBe("P1D");
  expect(bucketFor(3000 * day, 600, 400).bucket).toBe("P1D");
});

const answer: AggregateAnswer = {
  from: 0,
  to: 3,
  bucket: "PT1H",
  time: [1, 2, 3],
  exact: true,
  series: [
    { datastream: "b:temp", unit: "Cel", values: { mean: [20, null, 22] } },
    { datastream: "a:temp", unit: "Cel", values: { mean: [10, 11, 12] } },
  ],
};
const named = (id: string) => ({ id, name: { vi: id, en: id } });
const temp = { id: "temp", unit: "Cel", decimals: 1, kind: "instant" as const };
const timeName = { vi: "Đến", en: "Until" };

it("puts stations beside each other in the order asked for, and keeps gaps", () => {
  const frame = compareFrame(answer, [named("a"), named("b")], temp, timeName);
  expect(frame.columns.map((column) => column.id)).toEqual(["time", "a", "b"]);
  expect(frame.rows).toEqual([
    [1, 10, 20],
    [2, 11, null],
    [3, 12, 22],
  ]);
  expect(frame.status).toBe("ok");
});

it("says that there is nothing where there is nothing", () => {
  const frame = compareFrame(answer, [named("c")], temp, timeName);
  expect(frame.status).toBe("empty");
  expect(frame.rows.map((row) => row[1])).toEqual([null, null, null]);
});
