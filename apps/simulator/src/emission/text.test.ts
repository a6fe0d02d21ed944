import { observationInput } from "@ioc/contracts";
import { expect, test } from "vitest";
import { bodyOf, isoText, numberText, observationText, prefixOf } from "./text.ts";

test("times are those of Date, to the second", () => {
  for (const time of [0, 1_700_000_123_000, Date.UTC(2026, 11, 31, 23, 59, 59), Date.UTC(2028, 1, 29, 0, 0, 1)]) {
    expect(isoText(time)).toBe(new Date(time).toISOString().replace(".000Z", "Z"));
  }
});

test("numbers have the asked digits, round half away, and no minus zero", () => {
  expect(numberText(12.345, 2)).toBe("12.35");
  expect(numberText(-0.05, 1)).toBe("-0.1");
  expect(numberText(-0.001, 2)).toBe("0.00");
  expect(numberText(1999.9996, 3)).toBe("2000.000");
  expect(numberText(7.4, 0)).toBe("7");
  expect(numberText(0.123456, 5)).toBe("0.12346");
});

test("an observation is what the intake's contract asks for", () => {
  const text = observationText(prefixOf("rl-a:level"), Date.UTC(2026, 10, 1), 2.5, 2);
  expect(observationInput.parse(JSON.parse(text))).toEqual({
    datastream: "rl-a:level",
    phenomenonTime: "2026-11-01T00:00:00Z",
    result: 2.5,
  });
  expect((JSON.parse(bodyOf([text, text])) as { observations: unknown[] }).observations).toHaveLength(2);
});
