import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowOfText, rowShape, textOfRow, textRowCheck } from "./row.ts";
import { definitionOf } from "../testing.ts";
import { allTypes, fullRow, timeZone } from "./test-datasets.ts";

const shape = rowShape(allTypes.columns, timeZone);
const key = { station: "s", day: "2026-10-22" };

function problemOf(row: unknown) {
  const read = shape.read(row);
  if (Array.isArray(read)) throw new Error(`accepted: ${JSON.stringify(read)}`);
  return read;
}

test("a row of every type goes in and comes out as it was", () => {
  const stored = shape.read(fullRow);
  expect(Array.isArray(stored) && shape.json(stored)).toEqual(fullRow);
});

test("texts of a CSV file say the same as JSON", () => {
  const texts = textOfRow(fullRow);
  expect(texts).toMatchObject({ count: "12", planned: "true", location: "[108.2,16.06]", share: "0.25" });
  expect(rowOfText(allTypes.columns, texts)).toEqual(fullRow);
  expect(textRowCheck(allTypes, timeZone)(texts)).toBeNull();
  expect(textRowCheck(allTypes, timeZone)({ ...texts, count: "12,5" })).toMatchObject({ column: "count" });
});

test("a missing value is null, however it is said", () => {
  const nulls = Object.fromEntries(allTypes.columns.filter(({ key }) => !key).map(({ id }) => [id, null]));
  for (const row of [key, { ...key, ...nulls }, { ...key, level: "", page: "", count: null }]) {
    const stored = shape.read(row);
    expect(Array.isArray(stored) && shape.json(stored)).toEqual({ ...nulls, ...key });
  }
  expect(problemOf({ ...key, count: "" })).toMatchObject({ column: "count", reason: "wrong-type" });
});

test("what calculations see", () => {
  const stored = shape.read(fullRow);
  if (!Array.isArray(stored)) throw new Error("refused");
  const seen = Object.fromEntries(
    shape.fields.map(({ name, value }, at) => [name, value ? value(stored[at] ?? null) : stored[at]]),
  );
  const local = (text: string) => Date.parse(`${text}+07:00`);
  expect(seen).toMatchObject({
    station: "Trạm Cẩm Lệ",
    day: local("2026-10-22T00:00"),
    planned: 1,
    at: local("2026-10-22T09:00"),
    month: local("2026-10-01T00:00"),
    quarter: local("2026-10-01T00:00"),
    week: local("2026-10-19T00:00"),
    location_lon: 108.2,
    location_lat: 16.06,
  });
});

describe("refused are", () => {
  const ring = [
    [108, 16],
    [109, 16],
    [109, 17],
  ];
  // Column, value, reason, and what the message says would be right.
  test.each<[string, unknown, string, string]>([
    ["count", 1.5, "wrong-type", "whole number"],
    ["count", "12", "wrong-type", "without quotes"],
    ["count", 2 ** 53, "wrong-type", "whole number"],
    ["count", true, "wrong-type", "whole number"],
    ["share", Infinity, "wrong-type", "finite"],
    ["share", NaN, "wrong-type", "finite"],
    ["share", [1], "wrong-type", "finite"],
    ["planned", 1, "wrong-type", "true or false"],
    ["planned", "true", "wrong-type", "true or false"],
    ["day", "2026-02-30", "wrong-type", "YYYY-MM-DD"],
    ["day", 20261022, "wrong-type", "YYYY-MM-DD"],
    ["at", "2026-10-22T09:00:00", "wrong-type", "with offset"],
    ["at", "2026-10-22", "wrong-type", "with offset"],
    ["at", 1_790_000_000_000, "wrong-type", "with offset"],
    ["month", "2026-13", "wrong-type", "YYYY-MM"],
    ["quarter", "2026-Q0", "wrong-type", "YYYY-Qn"],
    ["week", "2025-W53", "wrong-type", "YYYY-Www"],
    ["level", "middle", "unknown-value", "low, high"],
    ["level", 1, "wrong-type", "text"],
    ["location", [108.2], "wrong-type", "longitude, latitude"],
    ["location", [16.06, 108.2], "wrong-type", "longitude, latitude"],
    ["location", ["108", "16"], "wrong-type", "longitude, latitude"],
    ["location", { lon: 108, lat: 16 }, "wrong-type", "longitude, latitude"],
    ["shape", "POLYGON((0 0))", "wrong-type", "GeoJSON"],
    ["shape", { type: "Polygon", coordinates: ring }, "wrong-type", "GeoJSON"],
    ["shape", { type: "Feature", geometry: null }, "wrong-type", "GeoJSON"],
    ["page", "javascript:alert(1)", "wrong-type", "https://"],
    ["page", "danang.gov.vn", "wrong-type", "https://"],
    ["station", "x".repeat(201), "too-long", "200"],
    ["page", `https://a/${"x".repeat(2000)}`, "too-long", "2000"],
    ["station", "a\u0000b", "wrong-type", "U+0000"],
    ["station", null, "missing-key", "key"],
    ["station", "", "missing-key", "key"],
    ["heigth", 1, "unknown-column", "station, day"],
    ["constructor", 1, "unknown-column", "station, day"],
    ["location_lon", 1, "unknown-column", "station, day"],
    ["_synthetic", 1, "unknown-column", "station, day"],
  ])("%s, case %#", (column, value, reason, right) => {
    const problem = problemOf({ ...key, [column]: value });
    expect(problem).toMatchObject({ column, reason });
    expect(problem.message).toContain(right);
  });

  test.each([[null], [undefined], [7], ["row"], [[key]]])("what is no row: %j", (row) => {
    expect(problemOf(row)).toMatchObject({ column: null, reason: "wrong-type" });
  });

  test("names that objects have of themselves, which are no values", () => {
    expect(problemOf(JSON.parse('{"station":"s","day":"2026-10-22","__proto__":{"count":1}}'))).toMatchObject({
      column: "__proto__",
      reason: "unknown-column",
    });
    const odd = rowShape(definitionOf("odd", [{ id: "constructor", type: "string", key: true }]).columns, timeZone);
    expect(odd.read({})).toMatchObject({ reason: "missing-key" });
    const stored = odd.read({ constructor: "builder" });
    expect(Array.isArray(stored) && odd.json(stored)).toEqual({ constructor: "builder" });
  });

  test("shapes of more than 10,000 positions", () => {
    const shapeOf = (length: number) => ({ type: "LineString", coordinates: Array.from({ length }, () => [108, 16]) });
    expect(problemOf({ ...key, shape: shapeOf(10_001) })).toMatchObject({ column: "shape", reason: "too-long" });
    expect(Array.isArray(shape.read({ ...key, shape: shapeOf(10_000) }))).toBe(true);
  });

  test("long names are told short", () => {
    expect(problemOf({ ...key, ["x".repeat(5000)]: 1 }).column).toHaveLength(60);
  });
});

test("the same text in two Unicode forms is one key, and broken surrogates are mended", () => {
  const read = (station: string) => shape.read({ ...key, station });
  expect(read("Ngũ Hành Sơn".normalize("NFD"))).toEqual(read("Ngũ Hành Sơn"));
  expect(read("a\ud800")).toEqual(read("a\ufffd"));
});

test("minus zero is zero, and an instant is the same in every offset", () => {
  const at = (text: string) => shape.read({ ...key, at: text, share: -0 });
  expect(at("2026-10-22T09:00:00+07:00")).toEqual(at("2026-10-22T02:00:00.000Z"));
  const stored = at("2026-10-22T02:00:00.000Z");
  expect(Array.isArray(stored) && stored.some((value) => Object.is(value, -0))).toBe(false);
});

test("any JSON at all is taken whole or refused, and what is taken comes back", () => {
  const text = fc.oneof(
    fc.string({ maxLength: 20, unit: "binary" }),
    fc.constantFrom("2026-10", "low", "https://a.b/"),
  );
  const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text, fc.double(), fc.integer());
  const names = fc.constantFrom(...allTypes.columns.map(({ id }) => id), "other", "__proto__");
  const row = fc.oneof(
    fc.dictionary(names, value).map((more) => ({ ...key, ...more })),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(row, (given) => {
      const stored = shape.read(given);
      if (!Array.isArray(stored)) {
        expect(stored.message).not.toBe("");
        return;
      }
      const shown = shape.json(stored);
      expect(shape.read(shown)).toEqual(stored);
      expect(shape.read(rowOfText(allTypes.columns, textOfRow(shown)))).toEqual(stored);
    }),
    { numRuns: 2000 },
  );
});
