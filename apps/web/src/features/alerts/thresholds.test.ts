import { expect, it } from "vitest";
import type { WarningDefinition } from "@ioc/contracts";
import { thresholdsOf } from "./thresholds.ts";

const definition = (op: string, whens: string[], unit = "m"): WarningDefinition =>
  ({
    value: { signal: "d", unit, decimals: 2 },
    signals: { d: { op } },
    levels: whens.map((when, index) => ({
      level: index + 1,
      severity: "Minor",
      when,
      basis: "project",
      source: "project setting",
    })),
  }) as unknown as WarningDefinition;

it("draws levels that compare a reading with a number", () => {
  const lines = thresholdsOf(definition("median-last", ["d >= 0.10", "d > 0.5"]), "m");
  expect(lines.map(({ id, value, basis }) => [id, value, basis])).toEqual([
    ["level-1", 0.1, "project"],
    ["level-2", 0.5, "project"],
  ]);
});

it("draws nothing whose number is not on the axis", () => {
  expect(thresholdsOf(definition("sum", ["d >= 30"]), "m")).toEqual([]);
  expect(thresholdsOf(definition("latest", ["d >= 30"], "mm"), "m")).toEqual([]);
  expect(thresholdsOf(definition("latest", ["d >= 30 and e > 1", "e > 2"]), "m")).toEqual([]);
});
