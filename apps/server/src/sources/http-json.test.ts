import { expect, test } from "vitest";
import { parseItems } from "./http-json.ts";

const time = "2026-10-22T02:00:24Z";
const at = Date.parse(time);

test("reads plain items and items with everything", () => {
  const full = {
    station: "wx-01",
    property: "temp",
    phenomenonTime: "2026-10-22T09:00:24.500+07:00",
    resultTime: "2026-10-22T02:01:00Z",
    result: 25.5,
    unit: "Cel",
    quality: 3,
  };
  const { inputs, refused } = parseItems([{ datastream: "wx-01:temp", phenomenonTime: time, result: null }, full], 10);
  expect(refused).toEqual([]);
  expect(inputs).toEqual([
    { index: 10, datastream: "wx-01:temp", phenomenonTime: at, result: null },
    {
      index: 11,
      station: "wx-01",
      property: "temp",
      phenomenonTime: at + 500,
      resultTime: Date.parse("2026-10-22T02:01:00Z"),
      result: 25.5,
      unit: "Cel",
      quality: 3,
    },
  ]);
});

test("the end of the month is judged by the calendar", () => {
  const item = (day: string) => ({ datastream: "a:b", phenomenonTime: `2026-02-${day}T00:00:00Z`, result: 1 });
  const { inputs, refused } = parseItems([item("28"), item("29"), item("31")]);
  expect(inputs.map((one) => one.index)).toEqual([0]);
  expect(refused.map((one) => one.index)).toEqual([1, 2]);
});

test.each([
  ["no object", 7, /expected object/],
  ["null", null, /expected object/],
  ["no time", { datastream: "a:b", result: 1 }, /^phenomenonTime:/],
  [
    "local time without offset",
    { datastream: "a:b", phenomenonTime: "2026-10-22T02:00:24", result: 1 },
    /^phenomenonTime:/,
  ],
  ["time as a number", { datastream: "a:b", phenomenonTime: 1_792_634_424, result: 1 }, /^phenomenonTime:/],
  ["a number as text", { datastream: "a:b", phenomenonTime: time, result: "25,5" }, /^result:/],
  ["no name", { station: "a", phenomenonTime: time, result: 1 }, /name `datastream`/],
  ["unknown quality", { datastream: "a:b", phenomenonTime: time, result: 1, quality: 5 }, /^quality:/],
  ["huge name", { datastream: "a".repeat(10_000), phenomenonTime: time, result: 1 }, /^datastream:/],
  ["infinite", { datastream: "a:b", phenomenonTime: time, result: Infinity }, /^result:/],
] as const)("refuses %s alone and says why", (_name, item, message) => {
  const { inputs, refused } = parseItems([item, { datastream: "a:b", phenomenonTime: time, result: 1 }]);
  expect(inputs).toHaveLength(1);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.message).toMatch(message);
  expect(refused[0]?.sample.length).toBeLessThanOrEqual(500);
});

test("fields we do not know are left out, and cannot reach the prototype", () => {
  const item = JSON.parse(`{"datastream":"a:b","phenomenonTime":"${time}","result":1,"__proto__":{"x":1},"note":"n"}`);
  expect(parseItems([item]).inputs).toEqual([{ index: 0, datastream: "a:b", phenomenonTime: at, result: 1 }]);
});

test("codes of a source are taken as they are, and refused when they are no codes", () => {
  const item = { station: "a", property: "b", phenomenonTime: "2026-10-01T00:00:00Z", result: 1 };
  const good = parseItems([{ ...item, quality: 4, sourceCodes: ["-3", "GSM"] }]);
  expect(good.inputs[0]).toMatchObject({ quality: 4, sourceCodes: ["-3", "GSM"] });
  for (const sourceCodes of [["<-3>"], ["x".repeat(17)], Array(7).fill("a"), "a", [1], [""]]) {
    const { inputs, refused } = parseItems([{ ...item, sourceCodes }]);
    expect(inputs).toEqual([]);
    expect(refused[0]).toMatchObject({ reason: "bad-item", message: expect.stringMatching(/^sourceCodes/) });
  }
});
