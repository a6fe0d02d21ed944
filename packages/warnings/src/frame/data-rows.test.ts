import { describe, expect, test } from "vitest";
import { cityOf, day, hour, iso, minute, now } from "./rows-city.ts";
import type { Row } from "./rows-city.ts";

describe("w-data-late", () => {
  /** Hourly deliveries up to the hour `to`: those that came, then `missing` that did not. */
  const log = (feed: string, { to = now, count = 40, missing = 0, more = {} as Row } = {}): Row[] =>
    Array.from({ length: count }, (_, i) => {
      const due = to - (count - 1 - i) * hour;
      const came = i < count - missing;
      return {
        feed_id: feed,
        expected_at: iso(due),
        received_at: came ? iso(due + minute) : null,
        records: came ? 100 : 0,
        rejected: 0,
        ...(i === count - missing - 1 ? more : {}),
      };
    });

  test("the worked example: an hourly feed, last delivery at 8:00, at 9:25 and at 11:05", async () => {
    const eight = now - 2 * hour;
    await using city = await cityOf("w-data-late", { "ingest-log": log("f", { to: eight + hour, missing: 1 }) });
    expect(await city.review(eight + 85 * minute)).toEqual([]);
    city.rows["ingest-log"] = log("f", { to: eight + 3 * hour, missing: 3 });
    expect(await city.review(eight + 185 * minute)).toMatchObject([
      {
        level: 2,
        value: 3,
        subject: { type: "item", id: "f" },
        evidence: { signals: { miss: 3, d: expect.closeTo(2.083, 3) } },
      },
    ]);
    expect((await city.open())[0]?.headline.en).toBe("f: 3 deliveries missing (missing)");
  });

  test("a half-empty delivery and rejected records are noticed, near misses are not", async () => {
    await using city = await cityOf("w-data-late", {
      "ingest-log": [
        ...log("shrunk", { more: { records: 49 } }),
        ...log("half", { more: { records: 50 } }),
        // 30 of 600 are 5 %, 29 are not.
        ...log("rejected", { more: { records: 70, rejected: 30 } }),
        ...log("fine", { more: { records: 71, rejected: 29 } }),
        ...log("refused", { more: { records: 50, rejected: 150 } }),
        ...log("dead", { missing: 12 }),
      ],
    });
    await city.review(now + minute);
    expect(await city.levels()).toEqual({ shrunk: 1, rejected: 1, refused: 1, dead: 3 });
  });

  test("clears an hour after deliveries are back, a level at a time", async () => {
    await using city = await cityOf("w-data-late", { "ingest-log": log("f", { missing: 3 }) });
    await city.review(now + 5 * minute);
    // What was missing came late, and came twice.
    city.rows["ingest-log"] = [...log("f"), ...log("f").slice(-3)];
    await city.pass(now + 5 * minute, now + 80 * minute, 5 * minute);
    expect(await city.log()).toEqual(["0.08 fired 2", "0.17 recovering 2", "1.17 lowered 1", "1.25 cleared 0"]);
  });

  test("a log that stops itself says nothing: the alert stays and grows stale", async () => {
    await using city = await cityOf("w-data-late", { "ingest-log": log("f", { missing: 3 }) });
    await city.review(now + 5 * minute);
    await city.pass(now + 5 * minute, now + 5 * hour, 5 * minute);
    expect(await city.open()).toMatchObject([{ level: 2, stale: true, condition: "firing" }]);
  });
});

describe("w-dataset-stale", () => {
  const dataset = (id: string, age: number, frequency: string | null = "P1M", more: Row = {}): Row => ({
    dataset_id: id,
    title_vi: `Tập ${id}`,
    classification: "open",
    published_on: "2024-01-01",
    frequency,
    updated_at: iso(now - age * day),
    ...more,
  });

  test("the worked example: monthly, updated 36, 39 and 61 days ago; and one that was given up", async () => {
    await using city = await cityOf("w-dataset-stale", {
      "open-data-catalogue": [
        dataset("a", 36),
        dataset("b", 39),
        dataset("c", 61),
        dataset("d", 121),
        // Nothing was promised, or nothing that can be read as a period; closed data are nobody's business here.
        dataset("e", 900, null),
        dataset("f", 900, "irregular"),
        dataset("g", 900, "P1M", { classification: "closed" }),
      ],
    });
    await city.review(now);
    expect(await city.levels()).toEqual({ b: 1, c: 2, d: 3 });
    expect(city.list()).toMatchObject({ subjects: 4, error: null });
    const b = (await city.open()).find(({ subject }) => subject.id === "b");
    expect(b).toMatchObject({ value: 1.5, headline: { vi: "Quá hạn cập nhật 1,5 ngày (chậm): Tập b" } });
  });

  test("clears when it is updated, level by level, and when it is withdrawn; no catalogue at all says nothing", async () => {
    await using city = await cityOf("w-dataset-stale", {
      "open-data-catalogue": [dataset("a", 130), dataset("b", 39), dataset("c", 39)],
    });
    await city.review(now);
    city.rows["open-data-catalogue"] = [];
    await city.review(now + 6 * hour);
    expect(await city.levels()).toEqual({ a: 3, b: 1, c: 1 });
    city.rows["open-data-catalogue"] = [dataset("a", 0), dataset("b", 39)];
    await city.pass(now + 6 * hour, now + 24 * hour, 6 * hour);
    expect(await city.levels()).toEqual({ b: 1 });
  });

  test("hundreds of datasets are one frame, and telling the same again says nothing", async () => {
    const many = Array.from({ length: 600 }, (_, i) => dataset(`d${i}`, i % 2 === 0 ? 50 : 20));
    await using city = await cityOf("w-dataset-stale", { "open-data-catalogue": many });
    expect(await city.review(now)).toHaveLength(300);
    expect(await city.review(now + 6 * hour)).toEqual([]);
    // One table for the rows and their titles.
    expect(city.read).toEqual(["open-data-catalogue", "open-data-catalogue"]);
  });
});
