import { expect, it } from "vitest";
import { alertHandling } from "@ioc/contracts";
import type { Alert } from "@ioc/contracts";
import { compareAlerts, countBySeverity, filterAlerts, holdingAlerts } from "./alert-order.ts";
import { listKey } from "./list-keys.ts";
import { deedsOf } from "./work-bar.tsx";
import { steadyRows } from "./steady-list.ts";
import { readableExpression } from "./expression.ts";

const alert = (id: string, change: Partial<Alert> = {}): Alert => ({
  id,
  definition: "w-street-flood",
  name: { vi: "Ngập", en: "Flood" },
  hazard: "urban-flood",
  domain: "flood",
  handling: alertHandling.parse({}),
  suppressedBy: [],
  subject: { type: "station", id: "s" },
  areas: { now: ["an-khe", "da-nang"] },
  condition: "firing",
  work: "new",
  scale: "ioc",
  level: 2,
  peakLevel: 2,
  severity: "Moderate",
  peakSeverity: "Moderate",
  stale: false,
  error: null,
  headline: { vi: id, en: id },
  value: 1,
  unit: "m",
  decimals: 1,
  episode: 1,
  startedAt: 0,
  firedAt: 0,
  changedAt: 0,
  clearedAt: null,
  evidence: { signals: {}, when: null, clear: null, basis: null, source: null, readings: [], definitionVersion: 1 },
  sequence: 1,
  exercise: false,
  ...change,
});
const order = (...alerts: Alert[]) => alerts.toSorted(compareAlerts).map((one) => one.id);

it("puts what fires first, then severity, level and the newest", () => {
  expect(
    order(
      alert("cleared", { condition: "cleared", severity: "Extreme" }),
      alert("pending", { condition: "pending", severity: "Severe" }),
      alert("old", { firedAt: 10 }),
      alert("new", { firedAt: 20 }),
      alert("higher", { level: 3 }),
      alert("extreme", { severity: "Extreme" }),
      alert("seen", { severity: "Extreme", work: "acknowledged" }),
    ),
  ).toEqual(["extreme", "higher", "new", "old", "seen", "pending", "cleared"]);
});

it("filters by any area the alert lies in, by domain and severities", () => {
  const alerts = [alert("a"), alert("b", { areas: { now: ["cam-le"] } }), alert("c", { severity: "Severe" })];
  const ids = (filter: Parameters<typeof filterAlerts>[2]) => filterAlerts(alerts, "now", filter).map((one) => one.id);
  expect(ids({ area: "da-nang" })).toEqual(["a", "c"]);
  expect(ids({ severity: ["Severe", "Extreme"] })).toEqual(["c"]);
  expect(ids({ domain: "air" })).toEqual([]);
  expect(ids({})).toEqual(["a", "b", "c"]);
  const by = [{ kind: "silence" as const, id: "s", alert: null, until: null }];
  alerts.push(alert("d", { work: "resolved" }), alert("e", { suppressedBy: by }));
  expect(ids({ work: "resolved" })).toEqual(["d"]);
  expect(ids({ told: "no" })).toEqual(["e"]);
  expect(ids({ told: "yes", work: "new" })).toEqual(["a", "b", "c"]);
});

it("counts what fires, not what is pending; what is over counts with its peak", () => {
  const alerts = [
    alert("a"),
    alert("b", { condition: "recovering" }),
    alert("c", { condition: "pending" }),
    alert("d", { condition: "cleared", severity: "Minor", peakSeverity: "Severe" }),
  ];
  expect(countBySeverity(alerts)).toEqual({ Minor: 0, Moderate: 2, Severe: 1, Extreme: 0 });
  expect(filterAlerts(alerts, "now", { severity: ["Severe"] }).map((one) => one.id)).toEqual(["d"]);
});

it("holds still for a reader: new rows wait, gone ones leave, nothing is sorted", () => {
  const known = new Set(["a", "b", "c", "d"]);
  expect(steadyRows(["b", "a"], ["c", "a", "b", "d"], known, true)).toEqual({ shown: ["b", "a"], waiting: 2 });
  expect(steadyRows(["b", "x"], ["a", "b"], known, true)).toEqual({ shown: ["b"], waiting: 1 });
  expect(steadyRows(["b", "a"], ["c", "a", "b"], known, false)).toEqual({ shown: ["c", "a", "b"], waiting: 0 });
});

it("reads letter keys also through a Vietnamese input method, unless they are switched off", () => {
  const key = (key: string, code: string) => ({ key, code, isComposing: false });
  expect(listKey(key("j", "KeyJ"), true)).toBe("next");
  expect(listKey(key("Process", "KeyK"), true)).toBe("previous");
  expect(listKey(key("j", "KeyJ"), false)).toBeNull();
  expect(listKey(key("ArrowDown", "ArrowDown"), false)).toBe("next");
  expect(listKey(key("a", "KeyA"), true)).toBe("acknowledge");
  expect(listKey(key("r", "KeyR"), false)).toBeNull();
  expect(listKey(key("x", "KeyX"), true)).toBeNull();
});

it("writes expressions with signs and words of the language", () => {
  expect(readableExpression("depth >= 0.5 and not rain < 1.25", "vi")).toBe("depth ≥ 0,5 và không rain < 1,25");
  expect(readableExpression("a == 1 or b != 2", "en")).toBe("a = 1 or b ≠ 2");
});

it("what holds now is firing or recovering, worst first", () => {
  const alerts = [
    alert("over", { condition: "cleared", severity: "Extreme" }),
    alert("waiting", { condition: "pending", severity: "Extreme" }),
    alert("easing", { condition: "recovering", severity: "Severe" }),
    alert("mild"),
  ];
  expect(holdingAlerts(alerts).map(({ id }) => id)).toEqual(["easing", "mild"]);
});

it("offers what the server takes of an alert as it is", () => {
  const handling = alertHandling.parse({});
  const deeds = (work: Alert["work"], condition: Alert["condition"] = "firing", shelvedUntil: number | null = null) => {
    const { press, ask } = deedsOf({ work, condition, handling: { ...handling, shelvedUntil } });
    return [...press, ...ask].join(" ");
  };
  expect(deeds("new")).toBe("acknowledge start resolve assign shelve comment");
  expect(deeds("acknowledged", "firing", 1)).toBe("start unshelve resolve assign comment");
  expect(deeds("in-progress")).toBe("resolve assign shelve comment");
  expect(deeds("resolved")).toBe("reopen assign comment");
  expect(deeds("resolved", "cleared")).toBe("close reopen assign comment");
  expect(deeds("closed", "cleared")).toBe("reopen comment");
});
