import { z } from "zod";
import type { Grid, Matrix, Result } from "../grid.ts";
import { emptyMatrix, put, rowOf } from "../grid.ts";
import { completenessOf } from "../operators/aggregate.ts";
import { runningSumMax, windowSum } from "../operators/window.ts";
import { windSectors } from "@ioc/contracts/wind";
import { vectorMean, windRose } from "../operators/wind.ts";
import type { Wind, WindRose } from "../operators/wind.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { dayMs, duration, floorTo, hourMs, measureName, share, text } from "./parameters.ts";

/**
 * Sums over the last span of a regular grid at its head and one window before, for several spans. At least `valid` of the
 * intervals must be there; missing ones are not scaled up. `coverage` is that of the first span.
 */
export const windowSums = defineStep({
  op: "window-sum",
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, spans: z.record(z.string(), duration), valid: share }),
  run: (grid, { measure, spans, valid }): Grid => {
    const step = (grid.ends[1] ?? 0) - (grid.ends[0] ?? 0);
    const chosen = grid.before === null ? [grid.head] : [grid.before, grid.head];
    const names = Object.keys(spans);
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(grid.ids.length, chosen.length)]));
    const coverage = emptyMatrix(grid.ids.length, chosen.length);
    grid.ids.forEach((_, subject) => {
      const row = rowOf(grid, measure, subject);
      chosen.forEach((end, slot) => {
        names.forEach((name, i) => {
          const terms = Math.round((spans[name] ?? 0) / step);
          const found = windowSum(row, end, terms, Math.ceil(terms * valid));
          put(measures, name, subject, slot, found.sum);
          if (i === 0) (coverage[subject] as (number | null)[])[slot] = found.valid / terms;
        });
      });
    });
    measures.set("coverage", coverage);
    const head = chosen.length - 1;
    const ends = chosen.map((end) => grid.ends[end] as number);
    return { ...grid, ends, head, before: head > 0 ? 0 : null, shown: [head], measures };
  },
});

/**
 * Largest running sum of `terms` consecutive intervals of the local day so far, and of yesterday up to the same time.
 * Windows lie wholly in the day; each needs the share `valid` of its intervals, and the day so far the definition's
 * completeness. Measures `value` and `end` (end of the window).
 */
export const dayRunningMax = defineStep({
  op: "day-running-max",
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, terms: z.int().positive(), valid: share }),
  run: (grid, { measure, terms, valid }, context): Grid => {
    const last = grid.ends[grid.head] ?? context.now;
    // The value labelled 00:00 still belongs to the day that ends then.
    const days = [context.calendar.addDays(last - 1, -1), context.calendar.dayStart(last - 1)];
    const ends = days.map((start) => start + (last - (days[1] as number)));
    const measures = new Map<string, Matrix>(
      ["value", "end", "coverage"].map((name) => [name, emptyMatrix(grid.ids.length, 2)]),
    );
    grid.ids.forEach((_, subject) => {
      const row = rowOf(grid, measure, subject);
      days.forEach((start, slot) => {
        const inDay = grid.ends.flatMap((end, i) => (end > start && end <= (ends[slot] as number) ? [i] : []));
        const values = inDay.map((i) => row[i] ?? null);
        const coverage = values.length === 0 ? 0 : values.filter((value) => value !== null).length / values.length;
        const best = runningSumMax(values, terms, Math.ceil(terms * valid));
        const set = (name: string, value: number | null) => put(measures, name, subject, slot, value);
        set("coverage", coverage);
        if (!best || coverage < context.definition.completeness) return;
        set("value", best.sum);
        set("end", grid.ends[inDay[best.end] as number] ?? null);
      });
    });
    return { ...grid, ends, head: 1, before: 0, shown: [1], measures, window: { from: days[1] as number, to: last } };
  },
});

const roseParameters = z.strictObject({
  speed: measureName,
  direction: measureName,
  /** Lower edges of the speed classes, m/s; the first is 0. */
  edges: z.array(z.number()).min(1),
  /** Below this speed it is calm, m/s. */
  calm: z.number().positive(),
  columns: z.strictObject({ sector: text, class: text, value: text }),
});

/** Hour means of pairs of speed and direction that have the same time. */
function hourMeans(speeds: readonly Reading[], directions: readonly Reading[]) {
  const direction = new Map(directions.map(({ time, value }) => [time, value]));
  const hours = new Map<number, Wind[]>();
  for (const { time, value } of speeds) {
    const from = direction.get(time);
    if (from === undefined) continue;
    const end = floorTo(time - 1, hourMs) + hourMs;
    hours.set(end, [...(hours.get(end) ?? []), { speed: value, direction: from }]);
  }
  return [...hours].map(([end, winds]) => ({
    end,
    ...(vectorMean(winds) as { speed: number; direction: number | null }),
  }));
}

const classNames = (edges: readonly number[]) =>
  edges.map((edge, i) => {
    const next = edges[i + 1];
    return next === undefined ? `>=${edge}` : i === 0 ? `<${next}` : `${edge}-${next}`;
  });

function roseRows(rose: WindRose, edges: readonly number[]): (string | number)[][] {
  const names = classNames(edges);
  const rows = windSectors.flatMap((sector, s) => names.map((name, c) => [sector, name, rose.percent[s]?.[c] ?? 0]));
  return [...rows, ["calm", "calm", rose.calm]];
}

function sectorShares(rose: WindRose): number[] {
  return rose.percent.map((row) => row.reduce((sum, value) => sum + value, 0));
}

/**
 * Wind rose of the first station from the start of what was read: hour means (vector mean direction), percent of hours by 16
 * sectors and speed classes, calm in the middle. The headline is the share of the prevailing sector. Below the definition's completeness of hours there is no rose.
 */
export const windRoseStep = defineStep({
  op: "wind-rose",
  takes: "readings",
  gives: "result",
  params: roseParameters,
  run: (input, parameters, context): Result => {
    const [shown, series] = [...input.series][0] ?? ["", undefined];
    const means = hourMeans(series?.get(parameters.speed) ?? [], series?.get(parameters.direction) ?? []);
    const to = floorTo(context.now, hourMs);
    const span = { from: input.span.from, to };
    const counted = means.filter((mean) => mean.end <= to);
    const coverage =
      completenessOf(
        counted.map((mean) => mean.end),
        span,
        hourMs,
      ) ?? 0;
    const rose =
      coverage < context.definition.completeness ? null : windRose(counted, parameters.edges, parameters.calm);
    const shares = rose ? sectorShares(rose) : [];
    const value = rose ? Math.max(...shares) : null;
    const { columns: names } = parameters;
    const { unit, decimals } = context.definition;
    return {
      shape: "result",
      columns: [
        { id: "sector", name: names.sector, type: "text", role: "x" },
        { id: "class", name: names.class, type: "text", role: "series" },
        { id: "value", name: names.value, type: "number", unit, decimals, role: "value" },
      ],
      rows: rose ? roseRows(rose, parameters.edges) : [],
      value,
      previous: null,
      window: span,
      coverage,
      thresholds: [],
      facts: rose ? roseFacts(rose, shares, shown, context) : {},
      finding: null,
    };
  },
});

function roseFacts(rose: WindRose, shares: readonly number[], station: string, context: StepContext): Result["facts"] {
  const name = context.network.stations.find((candidate) => candidate.id === station)?.name ?? station;
  const largest = Math.max(...shares);
  return {
    value: largest,
    sector: windSectors[shares.indexOf(largest)] ?? null,
    calm: rose.calm,
    subject: name,
    days: (rose.hours * hourMs) / dayMs,
  };
}
