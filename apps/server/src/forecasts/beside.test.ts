import { expect, test } from "vitest";
import { city, day, definitionsOf, hour, iso, loadAt, network, start } from "./test-city.ts";

test("the load is forecast with the heat of the weather forecast where there is one", { timeout: 60_000 }, async () => {
  await using own = city(definitionsOf("city-load"));
  // A hot day raises the load by 30 MW for each degree above 28; tomorrow is hot, the days before were as it comes.
  const heatOf = (time: number) => Math.max(0, 6 * Math.sin(Math.floor((time + 7 * hour - 1) / day) * 2.4));
  const from = Math.floor(start / (6 * hour)) * 6 * hour - 34 * day;
  const hours = Array.from({ length: 34 * 24 + 6 }, (_, i) => from + (i + 1) * hour).filter((time) => time <= start);
  const load = hours.map((time) => ({
    time: iso(time),
    load_mw: loadAt(time) + 30 * heatOf(time),
    available_mw: 1200,
    solar_mw: 0,
  }));
  await own.put("city-load-hourly", load, start);
  const weather = Array.from({ length: 37 * 4 }, (_, i) => from + (i + 1) * 6 * hour).map((valid) => ({
    issued_at: iso(valid - 72 * hour),
    valid_at: iso(valid),
    area_code: "48",
    temp_max: 28 + heatOf(valid),
  }));
  await own.put("weather-forecast", weather, start);
  const forecasts = own.open();
  expect(await forecasts.step(start)).toEqual(new Map());
  const [item] = await forecasts.list();
  expect(item?.notes).toEqual([]);
  const rows = own.rows();
  expect(rows).toHaveLength(48);
  const off = rows.map((row) => {
    const time = Date.parse(String(row["valid_at"]));
    return Math.abs(Number(row["median"]) - loadAt(time) - 30 * heatOf(time));
  });
  const level = rows.map((row) => Math.abs(30 * heatOf(Date.parse(String(row["valid_at"])))));
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(meanOf(off)).toBeLessThan(meanOf(level) / 4);
});

test(
  "dengue goes without the weather that nobody has measured and says so, and without larvae where there is no survey",
  { timeout: 60_000 },
  async () => {
    await using own = city(definitionsOf("dengue-week"));
    const [surveyed = "", other = ""] = network.areas.flatMap(({ id, scheme, level }) =>
      scheme === network.scheme && level === "ward" ? [id] : [],
    );
    const monday = Date.parse("2026-10-19T00:00:00+07:00");
    const weeks = Array.from({ length: 230 }, (_, i) => {
      const thursday = new Date(monday - (229 - i) * 7 * day - 4 * day + 7 * hour);
      const year = thursday.getUTCFullYear();
      const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * day)) + 1;
      const cases = Math.round(12 + 9 * Math.sin((2 * Math.PI * i) / 52.18) + ((i * 7) % 5));
      return { isoweek: `${year}-W${String(week).padStart(2, "0")}`, disease: "dengue", cases };
    });
    const rows = [surveyed, other].flatMap((area_code) => weeks.map((row) => ({ ...row, area_code })));
    await own.put("notifiable-disease-weekly", rows, start);
    const surveys = Array.from({ length: 56 }, (_, i) => ({
      month: new Date(Date.UTC(2022, 1 + i, 1)).toISOString().slice(0, 7),
      area_code: surveyed,
      houses_inspected: 100,
      houses_with_larvae: 8,
      containers_with_larvae: 10 + (i % 12),
      adult_mosquitoes: 20,
    }));
    await own.put("vector-survey", surveys, start);

    const forecasts = own.open();
    expect(await forecasts.step(start)).toEqual(new Map());
    const [item] = await forecasts.list();
    expect(item).toMatchObject({ error: null, failures: [] });
    expect(item?.subjects.map(({ id }) => id).toSorted()).toEqual([surveyed, other].toSorted());
    const weather = ["temperature", "rain"].map((name) => `${name}: known at 0 of 230 steps of the history`).join("; ");
    expect(item?.notes.map(({ subject, message }) => [subject, message.en])).toEqual([
      [surveyed, weather],
      [other, `${weather}; breteau: known at 0 of 230 steps of the history`],
    ]);
    // Four weeks, from the one that runs on.
    const first = own.rows().filter((row) => row["subject"] === surveyed);
    expect(first.map((row) => row["valid_at"])).toEqual([0, 1, 2, 3].map((weeks) => iso(monday + weeks * 7 * day)));
    expect(first.every((row) => Number(row["lo95"]) <= Number(row["median"]))).toBe(true);
  },
);
