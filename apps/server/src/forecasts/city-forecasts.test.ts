import { expect, test } from "vitest";
import { city, day, hour, iso, loadAt, start } from "./test-city.ts";

test(
  "issues follow each other, what came is put beside what was forecast, and skill is told from 30 cases on",
  { timeout: 60_000 },
  async () => {
    await using own = city();
    const forecasts = own.open();
    await own.loads(start - 34 * day, start);
    expect(await forecasts.step(start)).toEqual(new Map());
    expect(own.rows()).toHaveLength(48);
    expect(own.rows().every((row) => row["actual"] === null)).toBe(true);
    // Nothing is due before 12:00.
    await forecasts.step(start + 5 * hour);
    expect(own.rows()).toHaveLength(48);

    for (let hours = 6; hours <= 36; hours += 6) {
      await own.loads(start + (hours - 6) * hour, start + hours * hour);
      await forecasts.step(start + hours * hour);
    }
    const rows = own.rows();
    expect(rows).toHaveLength(7 * 48);
    const known = rows.filter((row) => row["actual"] !== null);
    // 36 hours of the first issue, 30 of the second, and so on.
    expect(known).toHaveLength(36 + 30 + 24 + 18 + 12 + 6);
    for (const row of known) expect(row["actual"]).toBeCloseTo(loadAt(Date.parse(String(row["valid_at"]))), 6);

    const [load] = await forecasts.list();
    const [all, quarter] = load!.skill;
    expect([all?.leadHours, all?.cases, quarter?.leadHours, quarter?.cases]).toEqual([
      null,
      126,
      12,
      12 + 12 + 12 + 12 + 12 + 6,
    ]);
    expect(all?.mase).toBeLessThan(1);
    expect(all?.coverage95).toBeGreaterThanOrEqual(all?.coverage80 ?? 1);

    // A correction of what was measured reaches the rows with the next issue.
    const corrected = Math.floor((start + 3 * hour) / hour) * hour;
    await own.datasets.put("city-load-hourly", [{ time: iso(corrected), load_mw: 5, available_mw: 900, solar_mw: 0 }], {
      synthetic: false,
      now: start,
    });
    await own.loads(start + 36 * hour, start + 42 * hour);
    await forecasts.step(start + 42 * hour);
    expect(own.rows().find((row) => row["valid_at"] === iso(corrected))?.["actual"]).toBe(5);

    const fan = await forecasts.fan("city-load", "48", start + 42 * hour);
    expect(fan?.subject).toMatchObject({
      id: "48",
      name: { en: "Da Nang" },
      issuedAt: Date.parse("2026-10-24T00:00:00+07:00"),
    });
  },
);

test("after a restart what was made is not made again", { timeout: 60_000 }, async () => {
  await using own = city();
  await own.loads(start - 34 * day, start);
  await own.open().step(start);
  const { version } = await own.datasets.table("forecasts");
  await own.open().step(start + hour);
  expect((await own.datasets.table("forecasts")).version).toBe(version);
});

test(
  "late data and short histories are caught up with; who has too few values says so",
  { timeout: 60_000 },
  async () => {
    await using own = city();
    const forecasts = own.open();
    await own.loads(start - 34 * day, start - 20 * hour);
    await own.beds("mat", 60);
    await own.beds("phoi", 10);
    await forecasts.step(start);
    const first = () => own.rows().filter((row) => row["forecast"] === "city-load");
    expect(first()).toHaveLength(48);
    const [before] = first();
    const [load, beds] = await forecasts.list();
    expect(load).toMatchObject({ error: null, failures: [] });
    expect(load?.notes.map(({ subject, message }) => [subject, message.en])).toEqual([
      ["48", "did not compete: arx, log-arx; heat: known at 0 of 792 steps of the history"],
    ]);
    expect(beds?.subjects.map(({ id, name }) => [id, name.en])).toEqual([["mat", "Eye hospital"]]);
    expect(beds?.failures).toEqual([
      {
        subject: "phoi",
        name: { vi: "Bệnh viện Phổi", en: "Lung hospital" },
        message: { vi: "có 10 số liệu; cần ít nhất 14", en: "there are 10 values; at least 14 are needed" },
      },
    ]);

    await own.loads(start - 20 * hour, start);
    await forecasts.step(start + 31 * 60_000);
    expect(first()).toHaveLength(48);
    expect(first()[0]).toMatchObject({ issued_at: before?.["issued_at"] });
    expect(first()[0]?.["median"]).not.toBe(before?.["median"]);
  },
);

test("rows that cannot be stored are a fault that is told, and the rest goes on", { timeout: 60_000 }, async () => {
  await using own = city();
  await own.loads(start - 34 * day, start);
  await own.beds("mat", 60);
  const forecasts = own.open();
  const { put } = own.datasets;
  own.datasets.put = async (id, rows, options) => {
    if (rows.some((row) => (row as Record<string, unknown>)["forecast"] === "city-load")) throw new Error("disk full");
    return await put(id, rows, options);
  };
  expect(await forecasts.step(start)).toEqual(new Map([["city-load", "disk full"]]));
  const [load, beds] = await forecasts.list();
  expect([load?.error?.en, load?.subjects.length, beds?.error, beds?.subjects.length]).toEqual([
    "disk full",
    0,
    null,
    1,
  ]);
  own.datasets.put = put;
  expect(await forecasts.step(start + 20_000)).toEqual(new Map());
  expect((await forecasts.list())[0]).toMatchObject({ error: null, subjects: [{ id: "48" }] });
});

test("what is being made is left when the program ends", async () => {
  await using own = city();
  await own.loads(start - 34 * day, start);
  const forecasts = own.open();
  own.abort.abort();
  await forecasts.step(start);
  expect(own.rows()).toEqual([]);
});
