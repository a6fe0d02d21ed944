import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { frameOf, network } from "./test-city.ts";

const dayMs = 86_400_000;
/** A round number for the test; the city's true population of those years is not needed to hold two calculations against each other. */
const population = 700_000;
const ward = network.areas.find(({ scheme, level }) => scheme === network.scheme && level === "ward")?.id ?? "";

interface Month {
  start: number;
  cases: number;
}

/** Months of Da Nang in the order of time. */
function monthsOfDaNang(): Month[] {
  const file = sharedData("dengue-vietnam", "vietnam_provinces_monthly.csv.gz");
  const [head = "", ...lines] = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const header = head.split(",");
  return lines
    .filter((line) => line.includes("DA NANG CITY"))
    .map((line) => {
      const cells = (line.match(/("[^"]*"|[^,]*)(?:,|$)/g) ?? []).map((cell) =>
        cell.replace(/,$/, "").replaceAll('"', ""),
      );
      const read = (name: string) => cells[header.indexOf(name)] ?? "";
      return { start: Date.parse(`${read("calendar_start_date")}T00:00:00Z`), cases: Number(read("dengue_total")) };
    })
    .sort((a, b) => a.start - b.start);
}

/** ISO week of a day, by the Thursday in it. */
function isoWeekOf(time: number): { text: string; monday: number } {
  const monday = time - ((new Date(time).getUTCDay() + 6) % 7) * dayMs;
  const thursday = monday + 3 * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return { text: `${year}-W${String(week).padStart(2, "0")}`, monday };
}

describe.skipIf(!requireSharedData("dengue-vietnam"))("dengue in Da Nang", () => {
  const months = monthsOfDaNang();

  test("incidence of every month on record equals a plain calculation", () => {
    expect(months.length).toBeGreaterThan(120);
    // Reports come by month; each is put into the week that its fifteenth lies in.
    const rows = months.map(({ start, cases }) => ({
      isoweek: isoWeekOf(start + 14 * dayMs).text,
      area_code: ward,
      disease: "dengue",
      cases,
      severe: 0,
    }));
    const people = [{ year: 2000, area_code: ward, scheme: network.scheme, population }];
    let worst = 0;
    for (const { start, cases } of months) {
      const { monday } = isoWeekOf(start + 14 * dayMs);
      const now = monday + 8 * dayMs;
      const known = rows.filter((_, i) => isoWeekOf((months[i] as Month).start + 14 * dayMs).monday <= monday);
      const frame = frameOf({
        id: "he-dengue-incidence",
        now,
        view: { group: "city" },
        rows: { "notifiable-disease-weekly": known, "population-by-ward": people },
      });
      expect(frame.value).toBeCloseTo((100_000 * cases) / population, 9);
      expect(frame.figures.find(({ id }) => id === "cases")?.value).toBe(cases);
      worst = Math.max(worst, frame.value ?? 0);
    }
    console.log(`${months.length} months of Da Nang compared; worst ${worst.toFixed(1)} per 100,000`);
  });
});
