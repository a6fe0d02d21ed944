import { expect, test } from "vitest";
import type { Alert } from "@ioc/contracts";
import type { DrillPlan } from "@ioc/simulator";
import { judge } from "./judge.ts";

const HOUR = 3_600_000;
const begins = Date.UTC(2026, 9, 20);
const plan: DrillPlan = {
  begins,
  history: 0,
  longer: {},
  before: 0,
  step: 60_000,
  tolerates: 0,
  expects: [
    { warning: "w-wind", level: 2, subjects: [1, 2], first: [0, 6 * HOUR] },
    { warning: "w-river", level: 3, subjects: [2, 2], first: [5 * HOUR, 10 * HOUR] },
  ],
  background: { "w-noise": "nights are loud" },
  without: {},
};
const alert = (definition: string, subject: string, hours: number, peakLevel: number): Alert =>
  ({
    id: `${definition}.${subject}.1`,
    definition,
    subject: { type: "station", id: subject },
    firedAt: begins + hours * HOUR,
    peakLevel,
  }) as Alert;
const asPlanned = [
  alert("w-wind", "a", 1, 2),
  alert("w-noise", "n", 2, 4),
  alert("w-river", "b", 6, 3),
  alert("w-river", "c", 7, 1),
];

test("a drill passes when every expected alert came and no other but those of an ordinary day", () => {
  const verdict = judge(plan, asPlanned, begins);
  expect(verdict).toMatchObject({ passed: true, unexpected: {} });
  expect(verdict.expectations[1]).toMatchObject({ reached: 3, counted: 2, fired: 6 * HOUR, faults: [] });
});

test.each([
  ["missing", asPlanned.filter(({ definition }) => definition !== "w-river")],
  ["level", [...asPlanned.slice(0, 2), alert("w-river", "b", 6, 2), alert("w-river", "c", 7, 1)]],
  ["subjects", asPlanned.slice(0, 3)],
  ["early", [alert("w-wind", "a", 1, 2), alert("w-river", "b", 4.9, 3), alert("w-river", "c", 7, 1)]],
  ["late", [alert("w-wind", "a", 1, 2), alert("w-river", "b", 10.1, 3), alert("w-river", "c", 12, 1)]],
] as const)("an expected alert that is wrong fails the drill: %s", (fault, alerts) => {
  const { passed, expectations } = judge(plan, alerts, begins);
  expect(passed).toBe(false);
  expect(expectations[1]?.faults).toEqual([fault]);
});

test("alerts must come in the order of the plan, each within its span", () => {
  const { expectations } = judge(plan, [alert("w-wind", "a", 5.5, 2), ...asPlanned.slice(2)], begins);
  expect(expectations.flatMap(({ faults }) => faults)).toEqual([]);
  const swapped = judge(plan, [alert("w-wind", "a", 6, 2), alert("w-river", "b", 5, 3), ...asPlanned.slice(3)], begins);
  expect(swapped.expectations.map(({ faults }) => faults)).toEqual([[], ["order"]]);
});

test("an alert that nobody expected fails the drill and is named; the same subject twice is one place", () => {
  const more = [...asPlanned, alert("w-fire", "f", 3, 1), { ...alert("w-wind", "a", 4, 1), id: "w-wind.a.2" }];
  const { passed, unexpected, expectations } = judge(plan, more, begins);
  expect(passed).toBe(false);
  expect(unexpected).toEqual({ "w-fire": ["w-fire.f.1"] });
  expect(expectations[0]).toMatchObject({ counted: 1, faults: [] });
});

test("where notices are ordinary only what is graver is unexpected", () => {
  const quiet: DrillPlan = { ...plan, expects: [], background: {}, tolerates: 1 };
  const notice = alert("w-stale", "d", 3, 1);
  expect(judge(quiet, [notice], begins)).toMatchObject({ passed: true, unexpected: {}, expectations: [] });
  const both = judge(quiet, [notice, alert("w-stale", "e", 3, 2)], begins);
  expect(both).toMatchObject({ passed: false, unexpected: { "w-stale": ["w-stale.e.1"] } });
});
