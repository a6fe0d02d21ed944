import type { VerifiedWarning } from "@ioc/contracts";
import { expect, test } from "vitest";
import { ordered, verdictOf } from "./ranking.ts";

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
