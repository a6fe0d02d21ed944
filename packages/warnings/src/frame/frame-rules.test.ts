import type { WarningDefinition } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { checkWarning } from "../rule/check.ts";
import { cityOf, day, hour, iso, minute, now } from "./rows-city.ts";

/** Open files of one agency: so many due later, overdue since yesterday, and overdue for weeks. */
function files(agency: string, open: number, overdue: number, old = 0): Record<string, unknown>[] {
  return Array.from({ length: open }, (_, i) => ({
    file_id: `${agency}-${i}`,
    agency_id: agency,
    status: i % 2 === 0 ? "received" : "processing",
    due_at: iso(i < old ? now - 30 * day : i < overdue ? now - day : now + 5 * day),
  }));
}

describe("w-file-backlog", () => {
  const rule = definition("w-file-backlog");

  test("13 of 240 files overdue are 5.4 %: many overdue; files that wait for their applicant do not count", async () => {
    const waiting = files("doc", 400, 300).map((row) => ({
      ...row,
      file_id: `w-${String(row["file_id"])}`,
      status: "waiting-applicant",
    }));
    await using city = await cityOf(rule, {
      "admin-files": [...files("doc", 240, 13), ...files("doh", 240, 4), ...waiting],
    });
    expect(await city.review(now)).toMatchObject([
      {
        definition: "w-file-backlog",
        subject: { type: "agency", id: "doc" },
        level: 2,
        value: expect.closeTo(5.4167, 3),
        evidence: { signals: { n: 13, old: 0 } },
      },
    ]);
    const [alert] = await city.open();
    expect(alert?.headline.en).toMatch(/: 5\.4% of open files overdue$/);
    expect(city.list()).toMatchObject({ subjects: 2, openAlerts: 1, error: null });
  });

  test("goes down one level a day and clears, also when no file is left open at all", async () => {
    await using city = await cityOf(rule, { "admin-files": files("doc", 240, 13) });
    await city.review(now);
    city.rows["admin-files"] = files("doh", 10, 0);
    for (let h = 1; h <= 60; h++) await city.review(now + h * hour);
    expect(await city.log()).toEqual(["0 fired 2", "1 recovering 2", "25 lowered 1", "26 cleared 0"]);
  });

  test("is worked out once an hour, and telling the same twice says nothing", async () => {
    await using city = await cityOf(rule, { "admin-files": files("doc", 240, 13) });
    await city.review(now);
    expect(await city.review(now + 59 * minute)).toEqual([]);
    expect(city.read).toEqual(["admin-files"]);
    expect(await city.review(now + hour)).toEqual([]);
    expect(city.read).toEqual(["admin-files", "admin-files"]);
    expect(await city.log()).toEqual(["0 fired 2"]);
  });

  test("changed rows are looked at within a minute, and so is a city whose rows are still on their way", async () => {
    await using city = await cityOf(rule, { "admin-files": [] });
    await city.review(now);
    city.rows["admin-files"] = files("doc", 240, 4);
    expect(await city.review(now + 30_000)).toEqual([]);
    await city.review(now + minute);
    expect(city.list()?.subjects).toBe(1);
    city.rows["admin-files"] = files("doc", 240, 13);
    expect(await city.review(now + 3 * minute)).toEqual([]);
    city.changed("feedback-tickets");
    expect(await city.review(now + 3 * minute)).toEqual([]);
    city.changed("admin-files");
    expect(await city.review(now + 3 * minute)).toMatchObject([{ level: 2 }]);
  });

  test("four overdue files are a near miss, however large their share", async () => {
    await using city = await cityOf(rule, { "admin-files": files("doc", 20, 4, 4) });
    expect(await city.review(now)).toEqual([]);
  });

  test("no rows at all say nothing: what was open stays open and grows stale", async () => {
    await using city = await cityOf(rule, { "admin-files": files("doc", 240, 13) });
    await city.review(now);
    city.rows["admin-files"] = [];
    for (let h = 1; h <= 30; h++) await city.review(now + h * hour);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
  });

  test("a restart goes on with the alert, and ends one whose agency is gone", async () => {
    await using city = await cityOf(rule, { "admin-files": [...files("doc", 240, 13), ...files("doh", 240, 30)] });
    await city.review(now);
    await city.restart(now + hour);
    city.rows["admin-files"] = files("doc", 240, 30);
    expect(await city.review(now + hour)).toMatchObject([
      { subject: { id: "doc" }, level: 3, episode: 1 },
      { subject: { id: "doh" }, condition: "cleared" },
    ]);
  });

  test("a pipeline that fails is told on the open alert, and recovers", async () => {
    await using city = await cityOf(rule, { "admin-files": files("doc", 240, 13) });
    await city.review(now);
    city.rows["admin-files"] = [{ ...files("doc", 1, 0)[0], due_at: "tomorrow" }];
    expect(await city.review(now + hour)).toMatchObject([{ level: 2, error: expect.stringContaining("due_at") }]);
    expect(city.list()?.error).toContain("due_at");
    city.rows["admin-files"] = files("doc", 240, 13);
    expect(await city.review(now + 2 * hour)).toMatchObject([{ level: 2, error: null }]);
  });
});

describe("w-emergency-call-surge", () => {
  const rule = definition("w-emergency-call-surge");
  /** Calls of the same hour eight weeks back: mean 16, variance 24. */
  const before = [10, 22, 12, 20, 14, 18, 9, 23];
  const calls = (service: string, latest: number, answered = 0.9): Record<string, unknown>[] => [
    ...before.map((count, i) => ({
      hour: iso(now - (i + 1) * 7 * day),
      service,
      calls: count + 2,
      hoax: 2,
      answered_20s: count,
    })),
    // Other hours of the week do not count.
    ...before.map((_, i) => ({
      hour: iso(now - (i + 1) * 7 * day - 3 * hour),
      service,
      calls: 500,
      hoax: 0,
      answered_20s: 1,
    })),
    { hour: iso(now), service, calls: latest, hoax: 0, answered_20s: Math.floor(answered * latest) },
  ];

  test("is counted against the same hour of the week, and weighs more when callers wait", async () => {
    await using city = await cityOf(rule, {
      "emergency-calls-hourly": [...calls("115", 42), ...calls("114", 42, 0.5), ...calls("113", 24)],
    });
    // mean 16, sample variance 30, phi 1.87: (42 - 16) / sqrt(30) = 4.75
    const fired = await city.review(now + 10 * minute);
    expect(fired.map(({ subject, level, evidence }) => [subject.id, level, evidence.signals["z"]])).toEqual([
      ["114", 2, expect.closeTo(26 / Math.sqrt(29.43), 1)],
      ["115", 1, expect.closeTo(26 / Math.sqrt(29.43), 1)],
    ]);
    expect((await city.open())[0]?.headline.vi).toMatch(/^42 cuộc gọi trong một giờ tới 11[45] - /);
  });

  test("nine calls are a near miss, however quiet the hour usually is", async () => {
    const quiet = calls("112", 9).map((row) => (row["calls"] === 9 ? row : { ...row, calls: 0, hoax: 0 }));
    await using city = await cityOf(rule, { "emergency-calls-hourly": quiet });
    expect(await city.review(now)).toEqual([]);
  });
});

describe("w-dengue-ears", () => {
  const rule = definition("w-dengue-ears");
  const [ward = ""] = network.areas
    .filter(({ scheme, level }) => scheme === network.scheme && level === "ward")
    .map(({ id }) => id);
  const weeks = (cases: readonly number[], last: number) =>
    cases.map((count, i) => ({
      isoweek: `2026-W${String(last - cases.length + 1 + i).padStart(2, "0")}`,
      area_code: ward,
      disease: "dengue",
      cases: count,
    }));

  test("20 cases after 10 12 9 11 10 13 12 and two weeks left out are a cluster, a second such week a growing one", async () => {
    const cases = [10, 12, 9, 11, 10, 13, 12, 12, 13, 20];
    await using city = await cityOf(rule, { "notifiable-disease-weekly": weeks(cases, 46) });
    expect(await city.review(now)).toMatchObject([
      {
        level: 2,
        value: 20,
        subject: { type: "ward", id: ward },
        evidence: { signals: { c2: expect.closeTo(6.364, 3), k: 1 } },
      },
    ]);
    city.rows["notifiable-disease-weekly"] = weeks([...cases, 30], 47);
    expect(await city.review(now + day)).toMatchObject([{ level: 3, evidence: { signals: { k: 2 } } }]);
    expect((await city.open())[0]?.areas[network.scheme]?.[0]).toBe(ward);
  });

  test("few cases, or a short history, fire nothing", async () => {
    await using city = await cityOf(rule, { "notifiable-disease-weekly": weeks([0, 0, 0, 0, 0, 0, 0, 0, 0, 2], 46) });
    expect(await city.review(now)).toEqual([]);
    city.rows["notifiable-disease-weekly"] = weeks([1, 30], 47);
    expect(await city.review(now + day)).toEqual([]);
  });
});

describe("w-noise-night", () => {
  const rule = definition("w-noise-night");
  const station = network.stations.find(
    ({ kind, attributes }) => kind === "noise" && attributes["zone"] === "ordinary",
  );
  const [laeq] = network.kinds.find(({ id }) => id === "noise")?.properties ?? [];
  const stepMs = (laeq?.periodSeconds ?? 60) * 1000;
  /** 21:00 of the local day so many days back. */
  const evening = (back: number) => Date.parse("2026-11-24T21:00:00+07:00") - back * day;

  /** Readings of the nights before `now`, the newest first: a level each. */
  const nights = (levels: readonly number[]) =>
    levels.flatMap((level, back) =>
      Array.from({ length: Math.round((9 * hour) / stepMs) }, (_, i) => ({
        datastream: `${station?.id}:laeq`,
        phenomenonTime: evening(back) + (i + 1) * stepMs,
        resultTime: now,
        result: level,
        quality: 1 as const,
        reasons: [],
      })),
    );

  test("three loud nights of seven fire, two do not, and one that is 10 dB too loud does", async () => {
    await using quiet = await cityOf(rule, {}, nights([60, 40, 40, 40, 60, 40, 40]));
    const low = await quiet.review(now);
    await using loud = await cityOf(rule, {}, nights([60, 60, 60, 40, 40, 40, 40]));
    const three = await loud.review(now);
    await using single = await cityOf(rule, {}, nights([75, 40, 40, 40, 40, 40, 40]));
    const one = await single.review(now);
    expect([low.length, three[0]?.level, three[0]?.value, one[0]?.level, one[0]?.value]).toEqual([0, 1, 3, 1, 1]);
    expect(three[0]?.subject).toEqual({ type: "station", id: station?.id });
  });

  test("a night without enough readings is no quiet night: nothing is known of it", async () => {
    await using city = await cityOf(rule, {}, []);
    expect(await city.review(now)).toEqual([]);
    expect(city.list()?.openAlerts).toBe(0);
  });
});

describe("w-cyber-incident", () => {
  const rule = definition("w-cyber-incident");
  const event = (id: string, system: string, more: Record<string, unknown> = {}) => ({
    event_id: id,
    detected_at: iso(now - 30 * minute),
    system_id: system,
    category: "ddos",
    severity: "critical",
    confirmed: true,
    contained_at: null,
    ...more,
  });
  const systems = [
    { system_id: "email", security_level: 2 },
    { system_id: "lgsp", security_level: 3 },
  ];
  const levels = async (city: Awaited<ReturnType<typeof cityOf>>) =>
    Object.fromEntries((await city.open()).map(({ subject, level }) => [subject.id, level]));

  test("an open confirmed critical event weighs more on a system of level 3", async () => {
    await using city = await cityOf(rule, {
      "security-events": [event("1", "email"), event("2", "lgsp"), event("3", "land", { confirmed: false })],
      "information-systems": systems,
    });
    await city.review(now);
    expect(await levels(city)).toEqual({ email: 2, lgsp: 3 });
  });

  test("malware on eight systems is city-wide for everyone of them; contained, it clears four hours later", async () => {
    const spread = ["email", "lgsp", "land", "camera", "network", "tourism", "documents", "identity"].map((system, i) =>
      event(String(i), system, { category: "malware", severity: "medium" }),
    );
    await using city = await cityOf(rule, { "security-events": spread, "information-systems": systems });
    await city.review(now);
    expect(new Set(Object.values(await levels(city)))).toEqual(new Set([4]));
    city.rows["security-events"] = spread.map((row) => ({ ...row, contained_at: iso(now + 5 * minute) }));
    for (let at = now + 10 * minute; at <= now + 18 * hour; at += 10 * minute) await city.review(at);
    expect(await city.open()).toEqual([]);
  });

  test("49 attacks in ten minutes are a near miss, 50 are noticed", async () => {
    const attacks = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        event(String(i), "lgsp", { category: "brute-force", severity: "low", detected_at: iso(now - 5 * minute) }),
      );
    await using city = await cityOf(rule, { "security-events": attacks(49), "information-systems": systems });
    expect(await city.review(now)).toEqual([]);
    city.rows["security-events"] = attacks(50);
    expect(await city.review(now + minute)).toMatchObject([{ level: 1, subject: { id: "lgsp" } }]);
  });
});

describe("checks of rules on rows name what is wrong", () => {
  const backlog = definition("w-file-backlog");
  test.each<[string, (rule: WarningDefinition) => WarningDefinition, string]>([
    [
      "a column that the frame lacks",
      (rule) => ({ ...rule, signals: { ...rule.signals, n: { op: "column", column: "m" } } }),
      'the frame has no column "m"; it has value, n, old',
    ],
    [
      "a signal that is taken from readings",
      (rule) => ({ ...rule, signals: { ...rule.signals, n: { op: "latest", property: "level" } } }),
      "{op: column, column: id}",
    ],
    [
      "an unknown operator",
      (rule) => ({ ...rule, frame: { ...rule.frame!, pipeline: [{ op: "guess" }] } }),
      'there is no operator "guess"',
    ],
    [
      "a dataset that does not exist",
      (rule) => ({ ...rule, inputs: [{ dataset: "no-such", columns: ["a"] }] }),
      'there is no dataset "no-such"',
    ],
    ["an unknown absent signal", (rule) => ({ ...rule, frame: { ...rule.frame!, absent: { x: 0 } } }), 'no signal "x"'],
  ])("%s", (_what, change, message) => {
    expect(checkWarning(change(backlog), network).join("; ")).toContain(message);
  });
});
