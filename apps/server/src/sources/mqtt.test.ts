import { expect, test } from "vitest";
import { parseMessage } from "./mqtt.ts";

const now = Date.parse("2026-10-22T02:00:24Z");
const topic = "city/weather/wx-01/temp";
const kindOf = (station: string) => (station === "wx-01" ? "weather" : undefined);

function parse(payload: string | Uint8Array, on = topic) {
  return parseMessage(on, typeof payload === "string" ? Buffer.from(payload) : payload, kindOf, now);
}

test("a bare number is a reading of now", () => {
  const input = { station: "wx-01", property: "temp", phenomenonTime: now, result: -2.5 };
  expect(parse("-2.5")).toEqual({ ok: true, input });
  expect(parse(" -25e-1\n")).toEqual({ ok: true, input });
});

test("JSON may bring its time, unit and quality; the place is the topic's", () => {
  expect(
    parse('{"result":77,"unit":"[degF]","phenomenonTime":"2026-10-22T09:00:00+07:00","quality":2,"station":"other"}'),
  ).toEqual({
    ok: true,
    input: {
      station: "wx-01",
      property: "temp",
      phenomenonTime: Date.parse("2026-10-22T02:00:00Z"),
      result: 77,
      unit: "[degF]",
      quality: 2,
    },
  });
  expect(parse("null")).toMatchObject({ ok: true, input: { result: null } });
});

test.each([
  ["truncated JSON", '{"result": 77, "unit', "bad-json"],
  ["text", "hot", "bad-json"],
  ["empty", "", "bad-json"],
  ["decimal comma", "25,5", "bad-json"],
  ["no result", '{"value": 1}', "bad-item"],
  ["result as text", '{"result": "1"}', "bad-item"],
  ["time without offset", '{"result":1,"phenomenonTime":"2026-10-22T09:00:00"}', "bad-item"],
  ["a list", "[1,2]", "bad-item"],
  ["true", "true", "not-a-number"],
  ["beyond any number", "1e999", "not-a-number"],
  ["not UTF-8", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), "bad-json"],
  ["UTF-16", Buffer.from('{"result":1}', "utf16le"), "bad-json"],
  ["huge", " ".repeat(5000) + "1", "too-large"],
] as const)("refuses %s", (_name, payload, reason) => {
  expect(parse(payload)).toMatchObject({ ok: false, reason });
});

test.each([
  ["city/weather/wx-01", "bad-item"],
  ["city/weather/wx-01/temp/more", "bad-item"],
  ["other/weather/wx-01/temp", "bad-item"],
  ["city/weather/wx-99/temp", "unknown-station"],
  ["city/tide/wx-01/temp", "unknown-station"],
])("refuses the topic %s", (on, reason) => {
  expect(parse("1", on)).toMatchObject({ ok: false, reason });
});
