import { beforeAll, expect, test } from "vitest";
import { played, playedCity, sumOf, wholePast } from "../testing/played-city.ts";
import { dayMs } from "../world/calendar.ts";
import type { PlayedCity } from "./city.ts";
import type { Row } from "./played.ts";

const now = Date.parse("2026-10-28T10:20:00+07:00");
let city: PlayedCity;
beforeAll(async () => {
  city = await playedCity(now, { floods: true });
});
const known = new Map<string, Row[]>();
function rowsOf(id: string): Row[] {
  let rows = known.get(id);
  if (!rows) known.set(id, (rows = wholePast(played(city, id), now)));
  return rows;
}
const time = (value: unknown): number => Date.parse(String(value));
const text = (value: unknown): string => String(value);

test("parts are never more than the whole", () => {
  const pairs: [string, string, string][] = [
    ["hospital-beds-daily", "beds_occupied", "beds_staffed"],
    ["hospital-beds-daily", "icu_occupied", "icu_beds"],
    ["accommodation-daily", "rooms_sold", "rooms_available"],
    ["emergency-calls-hourly", "answered", "calls"],
    ["emergency-calls-hourly", "answered_20s", "answered"],
    ["emergency-calls-hourly", "hoax", "answered"],
    ["notifiable-disease-weekly", "severe", "cases"],
    ["notifiable-disease-weekly", "deaths", "severe"],
    ["vector-survey", "houses_with_larvae", "houses_inspected"],
    ["vector-survey", "houses_with_larvae", "containers_with_larvae"],
    ["vaccination-coverage", "vaccinated", "eligible"],
    ["ehr-registry-monthly", "records_active_12m", "records_with_id"],
    ["school-enrolment", "dropouts", "pupils"],
    ["school-attendance-daily", "present", "enrolled"],
    ["exam-results", "passed", "candidates"],
    ["crime-monthly", "solved", "cases"],
    ["water-balance-monthly", "billed_m3", "input_m3"],
    ["city-load-hourly", "load_mw", "available_mw"],
    ["enterprise-registry-monthly", "digital_tech", "active"],
    ["enterprise-registry-monthly", "sme_on_platform", "sme"],
    ["enterprise-registry-monthly", "sme", "active"],
    ["digital-accounts-monthly", "adults_with_data_store", "adults_with_account"],
    ["digital-accounts-monthly", "adults_with_account", "adults"],
    ["land-parcels-summary", "parcels_matched_population", "parcels_digitised"],
    ["land-parcels-summary", "parcels_digitised", "parcels"],
    ["state-reports-monthly", "reports_online", "reports_due"],
    ["data-sharing-log", "failures", "requests"],
    ["data-quality-checks", "failures", "records"],
    ["ingest-log", "rejected", "records"],
    ["airport-daily", "flights_delayed_15", "flights"],
  ];
  for (const [id, part, whole] of pairs) {
    const bad = rowsOf(id).find((row) => Number(row[part]) > Number(row[whole]) || Number(row[part]) < 0);
    expect(bad, `${id}: ${part} of ${whole}`).toBeUndefined();
  }
});

test("things happen in their order", () => {
  const orders: [string, string[]][] = [
    ["fire-incidents", ["reported_at", "dispatched_at", "arrived_at", "controlled_at"]],
    ["admin-files", ["submitted_at", "finished_at"]],
    ["feedback-tickets", ["received_at", "closed_at"]],
    ["power-outages", ["started_at", "ended_at"]],
    ["security-events", ["detected_at", "contained_at", "closed_at"]],
    ["building-permits", ["applied_on", "issued_on"]],
    ["construction-inspections", ["inspected_on", "resolved_on"]],
    ["observed-events", ["started_at", "ended_at"]],
    ["hydro-bulletins", ["valid_from", "valid_to"]],
  ];
  for (const [id, columns] of orders) {
    for (const row of rowsOf(id)) {
      const times = columns
        .map((column) => row[column])
        .filter((value) => value !== null)
        .map(time);
      if (times.some((value, i) => i > 0 && value < (times[i - 1] ?? 0))) expect.fail(`${id}: ${JSON.stringify(row)}`);
      if (times.some((value) => value > now) && id !== "hydro-bulletins")
        expect.fail(`${id} knows the future: ${JSON.stringify(row)}`);
    }
  }
});

test("waste that is collected goes somewhere, to the tonne", () => {
  for (const row of rowsOf("waste-daily")) {
    const parts = ["recycled_t", "composted_t", "incinerated_t", "landfilled_t"].reduce(
      (sum, column) => sum + Number(row[column]),
      0,
    );
    expect(parts).toBeCloseTo(Number(row["collected_t"]), 6);
    expect(Number(row["landfilled_t"])).toBeGreaterThan(0);
  }
});

test("files and tickets: most in time, some overdue, few opened again", () => {
  const files = rowsOf("admin-files");
  const finished = files.filter((row) => row["finished_at"] !== null);
  const inTime = finished.filter((row) => time(row["finished_at"]) <= time(row["due_at"]));
  expect(inTime.length / finished.length).toBeGreaterThan(0.96);
  expect(inTime.length / finished.length).toBeLessThan(0.995);
  expect(files.filter((row) => row["channel"] === "online").length / files.length).toBeCloseTo(0.94, 1);
  expect(finished.filter((row) => row["status"] === "finished").every((row) => row["result_digitised"] === true)).toBe(
    true,
  );
  const open = files.filter((row) => row["finished_at"] === null);
  expect(open.length).toBeGreaterThan(200);
  expect(open.some((row) => time(row["due_at"]) < now)).toBe(true);
  const tickets = rowsOf("feedback-tickets");
  const closed = tickets.filter((row) => row["closed_at"] !== null);
  const closedInTime = closed.filter((row) => time(row["closed_at"]) <= time(row["due_at"])).length / closed.length;
  expect(closedInTime).toBeGreaterThan(0.9);
  expect(closedInTime).toBeLessThan(0.97);
  const again = tickets.filter((row) => row["reopened"] === true).length / tickets.length;
  expect(again).toBeGreaterThan(0.015);
  expect(again).toBeLessThan(0.05);
});

test("the year has its seasons", () => {
  const cases = rowsOf("notifiable-disease-weekly").filter((row) => row["disease"] === "dengue");
  const inMonths = (from: string, to: string): number =>
    sumOf(cases, "cases", ({ isoweek }) => text(isoweek).slice(5) >= from && text(isoweek).slice(5) <= to);
  expect(inMonths("W30", "W44")).toBeGreaterThan(4 * inMonths("W06", "W20"));
  const beach = rowsOf("beach-log");
  const visitors = (month: string): number =>
    sumOf(beach, "visitors", ({ date }) => text(date).startsWith(`2026-${month}`));
  expect(visitors("07")).toBeGreaterThan(3 * visitors("01"));
  const load = rowsOf("city-load-hourly");
  const hour = (end: string): number => sumOf(load, "load_mw", (row) => text(row["time"]).slice(11, 13) === end);
  expect(hour("11")).toBeGreaterThan(1.3 * hour("04"));
  const school = rowsOf("school-attendance-daily").map((row) => text(row["date"]));
  expect(school.some((date) => date.startsWith("2026-07"))).toBe(false);
  expect(school.some((date) => date === "2026-02-17")).toBe(false);
});

test("energy sold is the load of the month less losses", () => {
  const load = rowsOf("city-load-hourly");
  const sales = rowsOf("power-consumption-monthly");
  const mwh = sumOf(
    load,
    "load_mw",
    (row) => text(row["time"]) > "2026-05-01T00:30" && text(row["time"]) < "2026-06-01T00:30",
  );
  const sold = sumOf(sales, "kwh", ({ month }) => month === "2026-05") / 1000;
  expect(sold / mwh).toBeGreaterThan(0.93);
  expect(sold / mwh).toBeLessThan(0.99);
});

test("what enters the supply zones is what the plants put out", () => {
  const plants = rowsOf("water-plant-daily");
  const output = sumOf(plants, "output_m3", ({ date }) => text(date).startsWith("2026-09"));
  const input = sumOf(rowsOf("water-balance-monthly"), "input_m3", ({ month }) => month === "2026-09");
  expect(input / output).toBeCloseTo(0.99, 3);
  expect(plants.every((row) => Number(row["output_m3"]) <= Number(row["capacity_m3_d"]))).toBe(true);
});

test("enterprises: newly registered less dissolved is the change of the stock", () => {
  const rows = rowsOf("enterprise-registry-monthly");
  const of = (month: string, column: string): number => sumOf(rows, column, (row) => row["month"] === month);
  expect(of("2026-09", "active") - of("2026-08", "active")).toBe(
    of("2026-09", "registered_new") - of("2026-09", "dissolved"),
  );
});

test("people report water where the simulated streets are under water", () => {
  const reports = rowsOf("flood-reports");
  expect(reports.length).toBeGreaterThan(5);
  const { floods } = city.world;
  for (const report of reports) {
    const at = time(report["reported_at"]);
    const station = text(report["report_id"]).replace(/-\d+-\d+$/, "");
    const index = floods.streets.findIndex(({ id }) => id === station);
    expect(floods.streetDepth(index, at + 30 * 60_000)).toBeGreaterThan(0.02);
    expect(at).toBeGreaterThanOrEqual(now - 10 * dayMs - 30 * 60_000);
  }
});

test("pupils all have a code, and schools of a level keep to their class sizes", () => {
  const schools = rowsOf("school-enrolment");
  expect(schools.every((row) => row["pupils"] === row["pupils_with_id"])).toBe(true);
  const sizes = schools
    .filter((row) => row["level"] === "primary")
    .map((row) => Number(row["pupils"]) / Number(row["classes"]));
  expect(sizes.reduce((a, b) => a + b, 0) / sizes.length).toBeGreaterThan(28);
  expect(Math.max(...sizes)).toBeLessThan(50);
});
