import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put, rowOf } from "../grid.ts";
import { dayConcentrations, pollutants, vnAqiDay, vnAqiHour } from "../operators/vn-aqi.ts";
import type { AqiResult, Pollutant } from "../operators/vn-aqi.ts";
import { defineStep } from "../step.ts";
import { aqiTableOf } from "../tables.ts";
import { dayMs, hourMs, tableProblems } from "./parameters.ts";

const parameters = z.strictObject({ table: z.string() });

/** Columns of an index result: value, code of the dominant pollutant and the six sub-indices. */
function resultMatrices(subjects: number, ends: number): Map<string, Matrix> {
  const names = ["index", "dominant", "coverage", ...pollutants.map((pollutant) => `sub:${pollutant}`)];
  return new Map(names.map((name) => [name, emptyMatrix(subjects, ends)]));
}

function putResult(
  matrices: Map<string, Matrix>,
  subject: number,
  end: number,
  result: AqiResult,
  coverage: number,
): void {
  const set = (name: string, value: number | null) => put(matrices, name, subject, end, value);
  set("index", result.index);
  set("dominant", result.dominant === null ? null : pollutants.indexOf(result.dominant));
  set("coverage", coverage);
  for (const pollutant of pollutants) set(`sub:${pollutant}`, result.sub[pollutant]);
}

function rowsOf(grid: Grid, subject: number): Record<Pollutant, (number | null)[]> {
  const missing = grid.ends.map(() => null);
  const entries = pollutants.map((p) => [p, grid.measures.has(p) ? rowOf(grid, p, subject) : missing] as const);
  return Object.fromEntries(entries) as Record<Pollutant, (number | null)[]>;
}

/**
 * VN_AQI of every hour from the hour values of six pollutants; the 11 hours before must be in the grid. Measures `index`,
 * `dominant` (code), `sub:<pollutant>`; `coverage` is 1 where the hour has an index.
 */
export const vnAqiHourStep = defineStep({
  op: "vn-aqi-hour",
  doc: {
    vi: "VN_AQI giờ với NowCast theo bảng điểm gãy",
    en: "Hourly VN_AQI with NowCast from the table of breakpoints",
  },
  takes: "grid",
  gives: "grid",
  params: parameters,
  problems: ({ table }, _definition, network) => tableProblems(network, table, "vn-aqi"),
  run: (grid, { table }, { network }): Grid => {
    const breakpoints = aqiTableOf(network, table);
    const measures = resultMatrices(grid.ids.length, grid.ends.length);
    grid.ids.forEach((_, subject) => {
      const rows = rowsOf(grid, subject);
      for (let end = 11; end < grid.ends.length; end++) {
        const back = (p: Pollutant) => rows[p].slice(end - 11, end + 1).reverse();
        const hours = Object.fromEntries(pollutants.map((p) => [p, back(p)])) as Record<Pollutant, (number | null)[]>;
        const result = vnAqiHour(hours, breakpoints);
        putResult(measures, subject, end, result, result.index === null ? 0 : 1);
      }
    });
    return {
      ...grid,
      shown: grid.shown.filter((end) => end >= grid.ends.length - 24),
      measures,
      labels: { dominant: pollutants },
    };
  },
});

/**
 * VN_AQI of every completed local day of the grid (hour values; the day before the first is needed for 8 h ozone). The
 * ends of the result are the ends of the days. `coverage`: the larger share of valid hours of PM2.5 and PM10.
 */
export const vnAqiDayStep = defineStep({
  op: "vn-aqi-day",
  doc: { vi: "VN_AQI ngày theo bảng điểm gãy", en: "Daily VN_AQI from the table of breakpoints" },
  takes: "grid",
  gives: "grid",
  params: parameters,
  problems: ({ table }, _definition, network) => tableProblems(network, table, "vn-aqi"),
  run: (grid, { table }, { network, calendar }): Grid => {
    const breakpoints = aqiTableOf(network, table);
    const last = grid.ends.at(-1) ?? 0;
    const ends: number[] = [];
    for (let end = last; calendar.addDays(end, -2) >= (grid.ends[0] ?? 0) - hourMs; end = calendar.addDays(end, -1)) {
      ends.unshift(end);
    }
    const measures = resultMatrices(grid.ids.length, ends.length);
    const index = new Map(grid.ends.map((end, i) => [end, i]));
    grid.ids.forEach((_, subject) => {
      const rows = rowsOf(grid, subject);
      ends.forEach((end, day) => {
        const first = (index.get(calendar.addDays(end, -1)) ?? -1) + 1;
        const to = (index.get(end) ?? -1) + 1;
        const hours = Object.fromEntries(pollutants.map((p) => [p, rows[p].slice(first, to)])) as typeof rows;
        const result = vnAqiDay(dayConcentrations(hours, rows.o3.slice(Math.max(0, first - 7), first)), breakpoints);
        const valid = (p: Pollutant) => hours[p].filter((value) => value !== null).length / Math.max(1, to - first);
        putResult(measures, subject, day, result, Math.max(valid("pm25"), valid("pm10")));
      });
    });
    const head = ends.length - 1;
    const from = calendar.addDays(last, -1);
    const window = { from: ends.length > 0 ? from : last - dayMs, to: last };
    const shown = ends.map((_, i) => i);
    return {
      ...grid,
      ends,
      head,
      before: head > 0 ? head - 1 : null,
      shown,
      window,
      measures,
      labels: { dominant: pollutants },
    };
  },
});
