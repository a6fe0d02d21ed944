import type { VerifiedWarning } from "@ioc/contracts";
import { expect, test } from "vitest";
import { falseAlarmsOf, ordered, verdictOf } from "./ranking.ts";

const scores = {
  events: 10,
  hits: 8,
  misses: 2,
  falseAlarms: 2,
  undecided: 0,
  pod: 0.8,
  precision: 0.8,
  far: 0.2,
  csi: 0.67,
  leadMs: 0,
};
const one = (id: string, more: Partial<VerifiedWarning> = {}): VerifiedWarning => ({
  id,
  name: { vi: id, en: id },
  domain: "flood",
  hazard: "urban-flood",
  alerts: 20,
  open: 0,
  perWeek: 1,
  brief: 0,
  lastFiredAt: 0,
  reasons: {},
  scores,
  probability: null,
  ...more,
});

test.each<[string, Partial<VerifiedWarning>, string]>([
  ["mostly false", { scores: { ...scores, far: 0.6 } }, "noisy"],
  ["many that are over at once", { perWeek: 9, brief: 15 }, "noisy"],
  ["few that are over at once", { perWeek: 2, brief: 15 }, "sound"],
  ["found false by people", { reasons: { "false-alarm": 3, "sensor-fault": 1, true: 1 } }, "noisy"],
  ["resolved too seldom to tell", { reasons: { "false-alarm": 3 } }, "sound"],
  ["misses most events", { scores: { ...scores, pod: 0.3 } }, "missing"],
  ["never fired", { alerts: 0, scores: null }, "silent"],
  ["below five events", { scores: { ...scores, pod: null, far: null, csi: null } }, "unproven"],
  ["good scores", {}, "sound"],
])("%s: %s", (_name, more, verdict) => {
  expect(verdictOf(one("w", more))).toBe(verdict);
});

test("the noisiest first; by a score those without one last", () => {
  const items = [
    one("sound"),
    one("silent", { alerts: 0, scores: null }),
    one("noisy", { scores: { ...scores, far: 0.9 } }),
  ];
  expect(ordered(items, "noise").map(({ id }) => id)).toEqual(["noisy", "silent", "sound"]);
  expect(ordered(items, "far").map(({ id }) => id)).toEqual(["noisy", "sound", "silent"]);
});

test("false alarms are those of the events or of people, whichever are more; equals are sorted by them", () => {
  const quiet = one("quiet");
  const byPeople = one("by-people", { scores: null, reasons: { "false-alarm": 2, "sensor-fault": 2, duplicate: 1 } });
  const unknown = one("unknown", { scores: null });
  const proven = one("proven", { scores: null, reasons: { true: 1 } });
  expect([quiet, byPeople, unknown, proven].map(falseAlarmsOf)).toEqual([2, 4, null, 0]);
  expect(ordered([unknown, proven, quiet, byPeople], "falseAlarms").map(({ id }) => id)).toEqual([
    "by-people",
    "quiet",
    "proven",
    "unknown",
  ]);
  const two = [one("a", { perWeek: 9 }), one("b", { scores: { ...scores, falseAlarms: 3 } })];
  expect(ordered(two, "noise").map(({ id }) => id)).toEqual(["b", "a"]);
});
