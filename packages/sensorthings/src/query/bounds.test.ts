import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { observationBounds } from "./bounds.ts";
import { matches } from "./evaluate.ts";
import { parseExpression } from "./parse-expression.ts";
import { itemOf } from "./test-item.ts";

const at = (text: string): number => Date.parse(`2016-01-01T${text}Z`);
const now = at("12:00:00");

describe("req/request-data/filter: what a store can be asked by time", () => {
  test.each([
    ["phenomenonTime gt 2016-01-01T01:00:00Z", at("01:00:00"), Infinity],
    ["phenomenonTime ge 2016-01-01T01:00:00Z", at("01:00:00") - 1, Infinity],
    ["phenomenonTime lt 2016-01-01T01:00:00Z", -Infinity, at("01:00:00") - 1],
    ["phenomenonTime le 2016-01-01T01:00:00Z", -Infinity, at("01:00:00")],
    ["phenomenonTime eq 2016-01-01T01:00:00Z", at("01:00:00") - 1, at("01:00:00")],
    ["2016-01-01T01:00:00Z lt phenomenonTime", at("01:00:00"), Infinity],
    ["phenomenonTime gt now() sub duration'PT1H'", at("11:00:00"), Infinity],
    [
      "phenomenonTime ge 2016-01-01T01:00:00Z and phenomenonTime lt 2016-01-01T02:00:00Z",
      at("01:00:00") - 1,
      at("02:00:00") - 1,
    ],
    [
      "(phenomenonTime gt 2016-01-01T01:00:00Z and phenomenonTime le 2016-01-01T02:00:00Z)",
      at("01:00:00"),
      at("02:00:00"),
    ],
    ["during(phenomenonTime, 2016-01-01T01:00:00Z/2016-01-01T02:00:00Z)", at("01:00:00") - 1, at("02:00:00") - 1],
  ])("%s", (filter, from, to) => {
    expect(observationBounds(parseExpression(filter), now)).toEqual({ from, to, rest: null });
  });

  test.each([
    "phenomenonTime ne 2016-01-01T01:00:00Z",
    "result gt 3",
    "phenomenonTime gt 2016-01-01T01:00:00Z or result gt 3",
    "not phenomenonTime gt 2016-01-01T01:00:00Z",
    "phenomenonTime gt resultTime",
    "Datastream/phenomenonTime gt 2016-01-01T01:00:00Z",
    "phenomenonTime gt 2016-01-01T01:00:00Z/2016-01-01T02:00:00Z",
    "phenomenonTime add duration'PT1H' gt 2016-01-01T01:00:00Z",
  ])("left to test: %s", (filter) => {
    const expression = parseExpression(filter);
    expect(observationBounds(expression, now)).toEqual({ from: -Infinity, to: Infinity, rest: expression });
  });

  test("no filter, a part left over, and now() without a clock", () => {
    expect(observationBounds(null)).toEqual({ from: -Infinity, to: Infinity, rest: null });
    const both = observationBounds(parseExpression("result gt 3 and phenomenonTime gt 2016-01-01T01:00:00Z"));
    expect(both).toEqual({ from: at("01:00:00"), to: Infinity, rest: parseExpression("result gt 3") });
    expect(observationBounds(parseExpression("phenomenonTime lt now()")).rest).not.toBeNull();
  });

  test("bounds and rest together say what the filter says (seed 20260302)", () => {
    const time = fc.integer({ min: 0, max: 5 }).map((s) => `2016-01-01T00:00:00.00${s}Z`);
    const operator = fc.constantFrom("eq", "ne", "gt", "ge", "lt", "le");
    const part = fc.tuple(operator, time).map(([o, t]) => `phenomenonTime ${o} ${t}`);
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom(" and ", " or "), (parts, joint) => {
        const expression = parseExpression(parts.join(joint));
        const { from, to, rest } = observationBounds(expression, now);
        for (let s = 0; s <= 5; s += 1) {
          const ms = at("00:00:00") + s;
          const item = itemOf({ phenomenonTime: new Date(ms) });
          const within = ms > from && ms <= to && (rest === null || matches(rest, item, now));
          expect(within).toBe(matches(expression, item, now));
        }
      }),
      { seed: 20_260_302, numRuns: 500 },
    );
  });
});
