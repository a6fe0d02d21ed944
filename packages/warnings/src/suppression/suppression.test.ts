import { alertHandling, calendarOf } from "@ioc/contracts";
import type { Alert, SuppressionRule } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { definitions as packDefinitions, network } from "../engine/test-city.ts";
import { alertAt } from "../store/test-store.ts";
import { checkSuppression } from "./check.ts";
import { previewOf, previewSpan } from "./preview.ts";
import { suppressionCityOf, suppressionsOf } from "./suppress.ts";
import type { SuppressionCity } from "./suppress.ts";
import { windowAt } from "./windows.ts";

const hour = 3_600_000;
const day = 24 * hour;
/** 08:00 in Da Nang, a Thursday. */
const now = Date.UTC(2026, 9, 22, 1);
const city: SuppressionCity = {
  scheme: "dn-2025",
  calendar: calendarOf("Asia/Ho_Chi_Minh"),
  outages: new Set(["w-station-offline"]),
  gateways: new Map([["behind", "gateway-one"]]),
};

function alert(id: string, change: Partial<Alert> = {}): Alert {
  const { after, event } = alertAt({ id, firedAt: now - hour });
  const plain = { work: "new" as const, handling: alertHandling.parse({}), suppressedBy: [], sequence: 1 };
  return { ...after, ...plain, evidence: event.evidence, ...change };
}
const station = (id: string) => ({ type: "station" as const, id });
const common = { note: "works on the road", emergencies: false };
const silence = (change: Partial<Extract<SuppressionRule, { kind: "silence" }>> = {}): SuppressionRule => ({
  kind: "silence",
  ...common,
  matcher: {},
  from: now - hour,
  until: now + hour,
  ...change,
});
const kinds = (open: readonly Alert[], rules: readonly SuppressionRule[], at = now) => {
  const kept = rules.map((rule, index) => ({ id: `r${index}`, rule }));
  const found = suppressionsOf(open, kept, city, at);
  return Object.fromEntries([...found].map(([id, by]) => [id, by.map((one) => `${one.kind} ${one.alert ?? one.id}`)]));
};

describe("a silence", () => {
  test.each<[string, Partial<Extract<SuppressionRule, { kind: "silence" }>>, number, boolean]>([
    ["of everything", {}, now, true],
    ["before its time", {}, now - 2 * hour, false],
    ["that has ended", {}, now + hour, false],
    ["of the definition", { matcher: { definitions: ["w-x", "w-street-flood"] } }, now, true],
    ["of another definition", { matcher: { definitions: ["w-x"] } }, now, false],
    ["of the subject", { matcher: { subjects: ["sf-one"] } }, now, true],
    ["of another subject", { matcher: { subjects: ["sf-two"] } }, now, false],
    ["of the district", { matcher: { areas: ["48"] } }, now, true],
    ["of an area of the old scheme", { matcher: { areas: ["20999"] } }, now, false],
    ["of its severity", { matcher: { severities: ["Minor"] } }, now, true],
    ["of all that must fit", { matcher: { subjects: ["sf-one"], severities: ["Severe"] } }, now, false],
  ])("%s: %o", (_, change, at, applies) => {
    const one = alert("a", { areas: { "dn-2025": ["20242", "48"], "dn-2024": ["20999"] } });
    expect(kinds([one], [silence(change)], at)).toEqual({ a: applies ? ["silence r0"] : [] });
  });

  test("is passed by an emergency, unless it says otherwise", () => {
    const grave = alert("a", { level: 4, severity: "Extreme" });
    expect(kinds([grave], [silence(), silence({ emergencies: true })])).toEqual({ a: ["silence r1"] });
  });
});

describe("a maintenance window", () => {
  const window = (change: object = {}) =>
    ({
      kind: "maintenance",
      ...common,
      matcher: {},
      from: now,
      until: now + 2 * hour,
      repeat: null,
      ...change,
    }) as Extract<SuppressionRule, { kind: "maintenance" }>;
  const daily = { every: "day", until: null };
  const weekly = { every: "week", until: now + 14 * day };
  test.each<[object, number, number | null]>([
    [{}, now - 1, null],
    [{}, now, now + 2 * hour],
    [{}, now + 2 * hour, null],
    [{}, now + day, null],
    [{ repeat: daily }, now + 5 * day + hour, now + 5 * day + 2 * hour],
    [{ repeat: daily }, now + 5 * day + 3 * hour, null],
    [{ repeat: daily }, now - day, null],
    [{ repeat: weekly }, now + day, null],
    [{ repeat: weekly }, now + 7 * day, now + 7 * day + 2 * hour],
    [{ repeat: weekly }, now + 14 * day, now + 14 * day + 2 * hour],
    [{ repeat: weekly }, now + 21 * day, null],
    // Over midnight.
    [
      { from: now + 15 * hour, until: now + 18 * hour, repeat: daily },
      now + 2 * day + 17 * hour,
      now + 2 * day + 18 * hour,
    ],
    // A whole day, each day: always.
    [{ until: now + day, repeat: daily }, now + 3 * day - 1, now + 3 * day],
  ])("%o at %d", (change, at, until) => {
    expect(windowAt(window(change), at, city.calendar)).toBe(until);
    expect(kinds([alert("a")], [window(change)], at)).toEqual({ a: until === null ? [] : ["maintenance r0"] });
  });

  test("comes at the same local time when clocks change", () => {
    const berlin = calendarOf("Europe/Berlin");
    // 02:00 to 04:00 local; clocks go back on 25 October 2026.
    const rule = window({ from: Date.UTC(2026, 9, 20, 1), until: Date.UTC(2026, 9, 20, 3), repeat: daily });
    expect(windowAt(rule, Date.UTC(2026, 9, 28, 2, 30), berlin)).not.toBeNull();
    expect(windowAt(rule, Date.UTC(2026, 9, 28, 0, 30), berlin)).toBeNull();
  });
});

describe("an inhibition", () => {
  const rule: SuppressionRule = {
    kind: "inhibition",
    ...common,
    source: { definition: "w-flood", level: 2 },
    target: { definitions: ["w-street-flood"] },
    same: "subject",
  };
  const source = (change: Partial<Alert> = {}) => alert("flood", { definition: "w-flood", level: 2, ...change });
  test("hides the lesser alert of the same subject while the other is open at its level", () => {
    expect(kinds([alert("a"), source()], [rule])).toEqual({ a: ["inhibition flood"], flood: [] });
    expect(kinds([alert("a"), source({ level: 1 })], [rule])).toEqual({ a: [], flood: [] });
    expect(kinds([alert("a"), source({ subject: station("other") })], [rule])).toEqual({ a: [], flood: [] });
  });
  test("or those in the same ward", () => {
    const near = source({ subject: station("other") });
    const far = source({ subject: station("other"), areas: { "dn-2025": ["20999", "48"] } });
    expect(kinds([alert("a"), near], [{ ...rule, same: "area" }])).toEqual({ a: ["inhibition flood"], flood: [] });
    expect(kinds([alert("a"), far], [{ ...rule, same: "area" }])).toEqual({ a: [], flood: [] });
  });
});

describe("an outage", () => {
  const offline = (id: string) => alert("out", { definition: "w-station-offline", subject: station(id) });
  test("hides what else is said of a station without contact, and of those behind it; not itself", () => {
    const behind = alert("b", { subject: station("behind") });
    const behindOut = alert("c", { subject: station("behind"), definition: "w-station-offline" });
    expect(kinds([alert("a"), offline("sf-one")], [])).toEqual({ a: ["outage out"], out: [] });
    expect(kinds([alert("a"), behind, behindOut, offline("gateway-one")], [])).toEqual({
      a: [],
      b: ["outage c"],
      c: ["outage out"],
      out: [],
    });
  });
  test("does not hide an emergency", () => {
    expect(kinds([alert("a", { level: 4 }), offline("sf-one")], [])).toEqual({ a: [], out: [] });
  });
  test("is what the pack says it is", () => {
    expect([...suppressionCityOf(network, packDefinitions).outages]).toEqual(["w-station-offline"]);
  });
});

test("a shelf lasts until its time", () => {
  const handling = { ...alertHandling.parse({}), shelvedUntil: now + hour };
  expect(kinds([alert("a", { handling })], [])).toEqual({ a: ["shelved a"] });
  expect(kinds([alert("a", { handling })], [], now + hour)).toEqual({ a: [] });
});

describe("a preview", () => {
  const past = [
    alert("minor", { firedAt: now - 3 * day, clearedAt: now - 3 * day + hour }),
    alert("severe", { firedAt: now - 2 * day + hour, peakSeverity: "Severe", peakLevel: 3 }),
    alert("extreme", { firedAt: now - day, peakSeverity: "Extreme", peakLevel: 4 }),
    alert("other", { firedAt: now - day + 5 * hour, definition: "w-wind-gust", subject: station("s2") }),
  ];
  const previewed = (rule: SuppressionRule) => previewOf(rule, past, city, now);

  test("counts and names what would have been hidden", () => {
    const found = previewed(silence({ matcher: { definitions: ["w-street-flood"] } }));
    expect(found).toMatchObject({ from: now - previewSpan, to: now, total: 4, hidden: 2, emergencies: 1, confirm: [] });
    expect(found.alerts.map(({ id }) => id)).toEqual(["severe", "minor"]);
    expect(found.bySeverity).toEqual({ Minor: 1, Moderate: 0, Severe: 1, Extreme: 0 });
    expect(found.byDefinition).toEqual([{ definition: "w-street-flood", hidden: 2 }]);
  });
  test.each<[SuppressionRule, number, string[]]>([
    [silence(), 3, ["breadth"]],
    [silence({ emergencies: true }), 4, ["breadth", "emergencies"]],
    [silence({ matcher: { areas: ["48"] } }), 3, ["breadth"]],
    [silence({ matcher: { definitions: ["w-street-flood"] }, emergencies: true }), 3, ["breadth", "emergencies"]],
    [silence({ matcher: { subjects: ["s2"] } }), 1, []],
    [
      {
        kind: "maintenance",
        ...common,
        matcher: {},
        from: now,
        until: now + 2 * hour,
        repeat: { every: "day", until: null },
      },
      2,
      ["breadth"],
    ],
    [
      {
        kind: "inhibition",
        ...common,
        source: { definition: "w-street-flood", level: 4 },
        target: { definitions: ["w-wind-gust"] },
        same: "area",
      },
      1,
      [],
    ],
  ])("of %o hides %d", (rule, hidden, confirm) => {
    expect(previewed(rule)).toMatchObject({ hidden, confirm });
  });
  test("of a city without alerts hides none", () => {
    const found = previewOf(silence({ matcher: { subjects: ["s"] } }), [], city, now);
    expect(found).toMatchObject({ total: 0, hidden: 0, confirm: [] });
  });
});

describe("what is refused", () => {
  const definitions = new Set(packDefinitions.map(({ id }) => id));
  const paths = (rule: SuppressionRule, kept: SuppressionRule[] = []) =>
    checkSuppression(
      rule,
      kept.map((one, index) => ({ id: `k${index}`, rule: one })),
      { network, definitions, now },
    ).map(({ path }) => path);
  const maintenance = (until: number, every: "day" | "week", last: number | null = null): SuppressionRule => ({
    kind: "maintenance",
    ...common,
    matcher: {},
    from: now,
    until,
    repeat: { every, until: last },
  });
  const inhibits = (source: string, ...target: string[]): SuppressionRule => ({
    kind: "inhibition",
    ...common,
    source: { definition: source, level: 1 },
    target: { definitions: target },
    same: "subject",
  });
  test.each<[SuppressionRule, string[]]>([
    [silence(), []],
    [silence({ until: now - 2 * hour }), ["until"]],
    [silence({ until: now }), ["until"]],
    [silence({ until: now + 100 * day }), ["until"]],
    [silence({ matcher: { definitions: ["w-none"], areas: ["none"] } }), ["matcher.definitions.0", "matcher.areas.0"]],
    [maintenance(now + 25 * hour, "day"), ["until"]],
    [maintenance(now + 25 * hour, "week"), []],
    [maintenance(now + hour, "day", now - 2 * hour), ["repeat.until"]],
    [inhibits("w-street-flood", "w-station-offline"), []],
    [inhibits("w-street-flood", "w-none"), ["target.definitions.0"]],
    [inhibits("w-none", "w-street-flood"), ["source.definition"]],
    [inhibits("w-street-flood", "w-street-flood"), ["target.definitions"]],
  ])("%o: %o", (rule, expected) => {
    expect(paths(rule)).toEqual(expected);
  });
  test("rules that would inhibit each other, also by way of others", () => {
    const kept = [inhibits("w-station-offline", "w-cyber-incident"), inhibits("w-cyber-incident", "w-street-flood")];
    expect(paths(inhibits("w-street-flood", "w-station-offline"), kept)).toEqual(["target.definitions"]);
    expect(paths(inhibits("w-station-offline", "w-street-flood"), kept)).toEqual([]);
  });
});
