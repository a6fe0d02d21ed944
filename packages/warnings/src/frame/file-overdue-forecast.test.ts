import { describe, expect, test } from "vitest";
import { definition } from "../engine/test-city.ts";
import { cityOf, day, hour, iso, now } from "./rows-city.ts";

const dataset = "admin-files";

/** Noon of the working day that many days ahead of `now`, a Wednesday: 1 is today, 3 is Friday. */
const dueOn = (workday: number) => now + 2 * hour + (workday - 1) * day;

/** Files that one agency finished on each of its last ten working days, and when its records begin. */
function output(agency: string, perDay: number, since = now - 100 * day): Record<string, unknown>[] {
  const finished = [1, 2, 5, 6, 7, 8, 9, 12, 13, 14].flatMap((back) =>
    Array.from({ length: perDay }, (_, i) => ({
      file_id: `${agency}-done-${back}-${i}`,
      agency_id: agency,
      status: "finished",
      submitted_at: iso(now - (back + 10) * day),
      due_at: iso(now),
      finished_at: iso(now - back * day),
    })),
  );
  const oldest = {
    file_id: `${agency}-oldest`,
    agency_id: agency,
    status: "waiting-applicant",
    submitted_at: iso(since),
    due_at: iso(now + 50 * day),
  };
  return [...finished, oldest];
}

/** Open files by the working day they are due on. */
const open = (agency: string, due: Readonly<Record<number, number>>, status = "processing") =>
  Object.entries(due).flatMap(([workday, count]) =>
    Array.from({ length: count }, (_, i) => ({
      file_id: `${agency}-${status}-${workday}-${i}`,
      agency_id: agency,
      status,
      submitted_at: iso(now - 10 * day),
      due_at: iso(dueOn(Number(workday))),
    })),
  );

describe("w-file-overdue-forecast", () => {
  const rule = definition("w-file-overdue-forecast");

  test("10 a day, 15 due today, 10 tomorrow, 5 on the day after: 10 of 30 will be late", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [
        ...output("doc", 10),
        ...open("doc", { 1: 15, 2: 10, 3: 5 }),
        ...output("doh", 20),
        ...open("doh", { 1: 15, 2: 10 }),
      ],
    });
    expect(await city.settle(now)).toMatchObject([
      {
        subject: { type: "agency", id: "doc" },
        level: 2,
        value: 10,
        evidence: { signals: { late: 10, sh: expect.closeTo(33.3, 1) } },
      },
    ]);
    expect((await city.open())[0]?.headline.en).toMatch(/: 10 files about to become overdue$/);
    expect(city.list()).toMatchObject({ subjects: 2, openAlerts: 1, error: null });
  });

  test("four files too many are a near miss; what is due later and what waits for its applicant is no work of these days", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [
        ...output("doc", 10),
        ...open("doc", { 1: 14, 6: 90 }),
        ...open("doc", { 1: 30 }, "waiting-applicant"),
      ],
    });
    expect(await city.settle(now)).toEqual([]);
    expect(city.list()).toMatchObject({ subjects: 1, openAlerts: 0 });
  });

  test("what is overdue already comes first and makes the rest late", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [...output("doc", 10), ...open("doc", { "-1": 10, 1: 6 })],
    });
    expect(await city.settle(now)).toMatchObject([{ level: 2, value: 6 }]);
  });

  test("an agency that finishes nothing will be late with everything; one whose records have just begun is not known", async () => {
    await using city = await cityOf(rule, {
      [dataset]: [
        ...output("doc", 0),
        ...open("doc", { 2: 6 }),
        ...output("doh", 0, now - 12 * day),
        ...open("doh", { 2: 6 }),
      ],
    });
    expect((await city.settle(now)).map(({ subject }) => subject.id)).toEqual(["doc"]);
  });

  test("clears half a day after the queue is short enough, by two files, also when nothing is open any more", async () => {
    await using city = await cityOf(rule, { [dataset]: [...output("doc", 10), ...open("doc", { 1: 16 })] });
    await city.settle(now);
    city.rows[dataset] = [...output("doc", 10), ...open("doc", { 1: 14 })];
    await city.review(now + 2 * hour);
    expect((await city.open())[0]).toMatchObject({ level: 2, condition: "firing" });
    city.rows[dataset] = output("doc", 10);
    for (let h = 12; h <= 72; h += 12) await city.review(now + h * hour);
    expect((await city.log()).map((line) => line.replace(/^\S+ /, ""))).toEqual([
      "fired 2",
      "recovering 2",
      "lowered 1",
      "cleared 0",
    ]);
  });

  test("no rows at all leave it open and stale; files that are told late or twice are counted once", async () => {
    const all = [...output("doc", 10), ...open("doc", { 1: 16 })];
    await using city = await cityOf(rule, { [dataset]: all.slice(0, -4) });
    expect(await city.settle(now)).toEqual([]);
    city.rows[dataset] = all;
    city.changed(dataset);
    expect(await city.settle(now + 2 * hour)).toMatchObject([{ value: 6 }]);
    city.changed(dataset);
    expect(await city.review(now + 4 * hour)).toEqual([]);
    city.rows[dataset] = [];
    for (let h = 12; h <= 48; h += 12) await city.review(now + h * hour);
    expect(await city.open()).toMatchObject([{ level: 2, condition: "firing", stale: true }]);
  });
});
