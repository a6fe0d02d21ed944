import { describe, expect, test } from "vitest";
import { definition } from "../engine/test-city.ts";
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

  test("says of each agency why it did or did not", async () => {
    await using city = await cityOf(rule, { "admin-files": [...files("doc", 240, 13), ...files("doh", 240, 4)] });
    await city.review(now);
    expect(await city.explain("doc", now)).toMatchObject({
      verdict: "firing",
      level: 2,
      alert: "w-file-backlog.doc.1",
    });
    const quiet = await city.explain("doh", now);
    expect(quiet).toMatchObject({
      verdict: "quiet",
      asOf: now,
      levels: [
        {
          when: {
            truth: false,
            terms: [
              { source: "n >= 5", truth: false },
              { source: "os >= 2", truth: false },
            ],
          },
        },
        {},
        {},
      ],
    });
    expect(await city.explain("doh", now - 1)).toBe("forgotten");
    expect(await city.explain("nobody", now)).toBe("unwatched");
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
    city.changed("admin-files");
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
