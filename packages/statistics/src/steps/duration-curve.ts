import { z } from "zod";
import type { Cell, FrameColumn } from "@ioc/contracts";
import type { Result } from "../grid.ts";
import { rowOf } from "../grid.ts";
import { durationCurve } from "../operators/duration-curve.ts";
import { defineStep } from "../step.ts";
import { measureName, text } from "./parameters.ts";

const usualPercents = [1, 2, 5, ...Array.from({ length: 18 }, (_, i) => 10 + 5 * i), 98, 99];

/**
 * Duration curve of a measure over the shown intervals of each station: for each percent the value that is reached or exceeded
 * in that share of the intervals. The headline is that of `headline` percent, 95 being the low flow, of the one station of the
 * view; several stations have no headline. `coverage` is the share of intervals with a value, all stations together; a station
 * below the definition's completeness has no curve. Facts `q<percent>` of the one station.
 */
export const durationCurveStep = defineStep({
  op: "duration-curve",
  doc: {
    vi: "Đường duy trì: giá trị được đạt hoặc vượt trong từng phần trăm thời gian (Q95 là kiệt)",
    en: "Duration curve: the value that is reached or exceeded in each percent of the time (Q95 is the low flow)",
  },
  takes: "grid",
  gives: "result",
  params: z.strictObject({
    measure: measureName,
    percents: z.array(z.number().min(0).max(100)).min(2).default(usualPercents),
    headline: z.number().min(0).max(100).default(95),
    columns: z.strictObject({
      percent: text.default({ vi: "Phần trăm thời gian", en: "Percent of the time" }),
      value: text,
    }),
  }),
  run: (grid, { measure, percents, headline, columns: names }, { definition }): Result => {
    const series = grid.ids.map((_, subject) => grid.shown.map((end) => rowOf(grid, measure, subject)[end] ?? null));
    const shares = series.map((row) =>
      row.length === 0 ? 0 : row.filter((value) => value !== null).length / row.length,
    );
    const kept = series.map((row, subject) => ((shares[subject] ?? 0) < definition.completeness ? [] : row));
    const several = grid.ids.length > 1;
    const { unit, decimals } = definition;
    const columns: FrameColumn[] = [
      { id: "percent", name: names.percent, type: "number", unit: "%", decimals: 0, role: "x" },
      ...(several
        ? [{ id: "subject", name: { vi: "Trạm", en: "Station" }, type: "station" as const, role: "series" as const }]
        : []),
      { id: "value", name: names.value, type: "number", unit, decimals, role: "value" },
    ];
    const rows = kept.flatMap((values, subject) =>
      durationCurve(values, percents).map(({ percent, value }): Cell[] => [
        percent,
        ...(several ? [grid.ids[subject] as string] : []),
        value,
      ]),
    );
    const only = several ? [] : (kept[0] ?? []);
    const [low] = durationCurve(only, [headline]);
    const facts = durationCurve(only, percents).map(({ percent, value }) => [`q${percent}`, value] as const);
    const value = low?.value ?? null;
    return {
      shape: "result",
      columns,
      rows,
      value,
      previous: null,
      window: grid.window,
      coverage: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length,
      thresholds: [],
      facts: { ...Object.fromEntries(facts), value },
      finding: null,
      figures: [],
    };
  },
});
