import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { network } from "./test-city.ts";
import { frameOfPipeline } from "./test-pipeline.ts";

const dayMs = 86_400_000;
const ward = network.areas.find(({ scheme, level }) => scheme === network.scheme && level === "ward")?.id ?? "";
const dataset = "notifiable-disease-weekly";
const text = (name: string) => ({ vi: name, en: name });

interface Week {
  isoweek: string;
  start: number;
  cases: number;
}

/** Weeks of Vietnam 2016 to 2019, from Sunday to Saturday; each is the ISO week that its Thursday lies in. */
function weeksOfVietnam(): Week[] {
  const [head = "", ...lines] = readFileSync(sharedData("dengue-vietnam", "vietnam_national.csv"), "utf8")
    .trim()
    .split("\n");
  const header = head.split(",");
  const at = (cells: readonly string[], name: string) => cells[header.indexOf(name)] ?? "";
  return lines
    .map((line) => line.split(","))
    .filter((cells) => at(cells, "T_res") === "Week")
    .map((cells) => {
      const start = Date.parse(at(cells, "calendar_start_date"));
      const thursday = start + 4 * dayMs;
      const year = new Date(thursday).getUTCFullYear();
      const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
      return { isoweek: `${year}-W${String(week).padStart(2, "0")}`, start, cases: Number(at(cells, "dengue_total")) };
    })
    .sort((a, b) => a.start - b.start);
}

const columns = ["x", "mu", "u", "s", "m0", "c2"] as const;

describe.skipIf(!requireSharedData("dengue-vietnam"))(
  "outbreak tests on dengue in Vietnam, 2016 to 2019 by week",
  () => {
    const weeks = weeksOfVietnam();
    const frame = frameOfPipeline({
      input: [{ dataset, columns: ["isoweek", "area_code", "disease", "cases"] }],
      group: "city",
      now: (weeks.at(-1)?.start ?? 0) + 8 * dayMs,
      pipeline: [
        { op: "rows", dataset },
        { op: "tally", time: "isoweek", period: "P7D", shown: 52, reach: 156, measures: { y: "sum(cases)" } },
        { op: "farrington", measure: "y", into: "x", expected: "mu", limit: "u" },
        { op: "cusum", measure: "y", into: "s", usual: "m0" },
        { op: "ears", measure: "y", into: "c2" },
        {
          op: "table",
          layout: "series",
          value: { measure: "y", name: text("y") },
          columns: columns.map((measure) => ({ measure, name: text(measure) })),
        },
      ],
      rows: { [dataset]: weeks.map(({ isoweek, cases }) => ({ isoweek, area_code: ward, disease: "dengue", cases })) },
    });
    const at = (column: string, week: number) => {
      const value = frame.rows[week - 1]?.[frame.columns.findIndex(({ id }) => id === column)];
      return typeof value === "number" ? value : null;
    };
    const weeksOf2019 = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

    test("the expected count and its limit are those of a plain calculation on full matrices", () => {
      // numpy on the same file: three years of history, weeks w-3 to w+3, limit in the form of the R package surveillance
      const expected: [number, number, number][] = [
        [10, 661.1107731602632, 1104.6668156906057],
        [32, 3742.274110429531, 9649.449761049758],
        [43, 5114.36191701076, 6794.049849316487],
      ];
      for (const [week, mu, limit] of expected) {
        expect([at("mu", week), at("u", week)]).toEqual([expect.closeTo(mu, 4), expect.closeTo(limit, 4)]);
      }
    });

    test("the epidemic of autumn 2019 stands above the limit for twelve weeks running, its end below", () => {
      expect(weeksOf2019(35, 46).filter((week) => (at("x", week) ?? 0) < 1)).toEqual([]);
      expect(weeksOf2019(47, 52).filter((week) => (at("x", week) ?? 0) >= 1)).toEqual([]);
    });

    test("the short-memory test has told its rise a quarter of a year before", () => {
      expect(weeksOf2019(22, 32).filter((week) => (at("c2", week) ?? 0) <= 2)).toEqual([]);
      expect(weeksOf2019(22, 34).filter((week) => (at("x", week) ?? 0) >= 1)).toEqual([]);
    });

    test("the cumulative sum follows its recursion through the whole year", () => {
      for (const week of weeksOf2019(2, 52)) {
        const [before, now, m0, cases] = [at("s", week - 1), at("s", week), at("m0", week), at("value", week)];
        if (before === null || m0 === null || cases === null) throw new Error(`week ${week} is not known`);
        expect(now).toBeCloseTo(Math.max(0, before + cases - m0 / Math.LN2), 4);
      }
      expect(at("s", 52)).toBeGreaterThan(90_000);
    });
  },
);
