import { z } from "zod";
import type { FrameColumn } from "@ioc/contracts";
import { windSectors } from "@ioc/contracts/wind";
import type { Result } from "../grid.ts";
import { completenessOf, maxOf, meanOf } from "../operators/aggregate.ts";
import type { Reading } from "../operators/water.ts";
import { meanBySector, vectorMean, windRose } from "../operators/wind.ts";
import type { Wind, WindRose } from "../operators/wind.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { dayMs, floorTo, hourMs, measureName, text } from "./parameters.ts";

const parameters = z.strictObject({
  speed: measureName,
  direction: measureName,
  /** Lower edges of the speed classes, m/s; the first is 0. */
  edges: z.array(z.number()).min(1).optional(),
  /** Instead of the frequency of speed classes: the mean of this property by direction. */
  of: measureName.optional(),
  /** Hours that a direction needs to have a mean. */
  minHours: z.int().positive().default(1),
  /** Below this speed it is calm, m/s. */
  calm: z.number().positive(),
  columns: z.strictObject({
    sector: text,
    class: text.default({ vi: "Tốc độ gió (m/s)", en: "Wind speed (m/s)" }),
    value: text,
    share: text.default({ vi: "Tần suất", en: "Share of hours" }),
    speed: text.default({ vi: "Tốc độ gió trung bình", en: "Mean wind speed" }),
  }),
});
type Parameters = z.infer<typeof parameters>;

interface Hour {
  end: number;
  speed: number;
  direction: number | null;
  /** Mean of the property `of`; null without readings. */
  value: number | null;
}

/** Readings by the end of the hour that they lie in. */
function byHour<T extends { time: number }>(readings: readonly T[]): Map<number, T[]> {
  return Map.groupBy(readings, ({ time }) => floorTo(time - 1, hourMs) + hourMs);
}

/** Hour means of pairs of speed and direction that have the same time. */
function hourMeans(speeds: readonly Reading[], directions: readonly Reading[], values: readonly Reading[]): Hour[] {
  const direction = new Map(directions.map(({ time, value }) => [time, value]));
  const pairs = speeds.flatMap(({ time, value }): (Wind & { time: number })[] => {
    const from = direction.get(time);
    return from === undefined ? [] : [{ time, speed: value, direction: from }];
  });
  const amounts = byHour(values);
  return [...byHour(pairs)].map(([end, winds]) => ({
    end,
    ...(vectorMean(winds) as { speed: number; direction: number | null }),
    value: meanOf((amounts.get(end) ?? []).map(({ value }) => value)),
  }));
}

const classNames = (edges: readonly number[]) =>
  edges.map((edge, i) => {
    const next = edges[i + 1];
    return next === undefined ? `>=${edge}` : i === 0 ? `<${next}` : `${edge}-${next}`;
  });

type Drawn = Pick<Result, "columns" | "rows" | "value" | "facts">;

function frequencies(
  hours: readonly Hour[],
  edges: readonly number[],
  { calm, columns: names }: Parameters,
  context: StepContext,
): Drawn {
  const { unit, decimals } = context.definition;
  const columns: FrameColumn[] = [
    { id: "sector", name: names.sector, type: "text", role: "x" },
    { id: "class", name: names.class, type: "text", role: "series" },
    { id: "value", name: names.value, type: "number", unit, decimals, role: "value" },
  ];
  const rose = windRose(hours, edges, calm);
  if (!rose) return { columns, rows: [], value: null, facts: {} };
  const labels = classNames(edges);
  const rows = windSectors.flatMap((sector, s) => labels.map((name, c) => [sector, name, rose.percent[s]?.[c] ?? 0]));
  const shares = rose.percent.map((row) => row.reduce((sum, value) => sum + value, 0));
  const value = Math.max(...shares);
  return { columns, rows: [...rows, ["calm", "calm", rose.calm]], value, facts: roseFacts(rose, shares) };
}

function roseFacts(rose: WindRose, shares: readonly number[]): Result["facts"] {
  const largest = Math.max(...shares);
  return {
    value: largest,
    sector: windSectors[shares.indexOf(largest)] ?? null,
    calm: rose.calm,
    days: (rose.hours * hourMs) / dayMs,
  };
}

function means(hours: readonly Hour[], { calm, minHours, columns: names }: Parameters, context: StepContext): Drawn {
  const { unit, decimals } = context.definition;
  const columns: FrameColumn[] = [
    { id: "sector", name: names.sector, type: "text", role: "x" },
    { id: "value", name: names.value, type: "number", unit, decimals, role: "value" },
    { id: "share", name: names.share, type: "number", unit: "%", decimals: 1 },
    { id: "speed", name: names.speed, type: "number", unit: "m/s", decimals: 1 },
  ];
  const rose = meanBySector(hours, calm, minHours);
  if (!rose) return { columns, rows: windSectors.map((sector) => [sector, null, null, null]), value: null, facts: {} };
  const all = [
    ...windSectors.map((sector, s) => ({ sector: sector as string, mean: rose.sectors[s] })),
    { sector: "calm", mean: rose.calm },
  ];
  const rows = all.map(({ sector, mean }) => [sector, mean?.mean ?? null, mean?.share ?? 0, mean?.speed ?? null]);
  const value = maxOf(rose.sectors.map(({ mean }) => mean));
  const first = rose.sectors.findIndex(({ mean }) => mean === value);
  return {
    columns,
    rows,
    value,
    facts: {
      value,
      sector: value === null ? null : (windSectors[first] ?? null),
      share: value === null ? null : (rose.sectors[first]?.share ?? null),
      calm: rose.calm.share,
      mean: meanOf(hours.map((hour) => hour.value)),
    },
  };
}

/**
 * Wind rose of the first station from the start of what was read: hour means (vector mean direction), percent of hours by 16
 * sectors and speed classes (`edges`), calm in the middle; the headline is the share of the prevailing sector. With `of`: the mean of
 * that property by sector with the share of hours and the mean speed; the headline is the largest mean. Below the definition's
 * completeness of hours there is no rose.
 */
export const windRoseStep = defineStep({
  op: "wind-rose",
  doc: {
    vi: "Tần suất gió theo 16 hướng và cấp tốc độ, hoặc trung bình của một đại lượng theo hướng gió",
    en: "Frequency of wind by 16 sectors and speed classes, or the mean of a property by wind direction",
  },
  takes: "readings",
  gives: "result",
  params: parameters.refine((given) => (given.edges === undefined) !== (given.of === undefined), {
    message: "name either `edges` or `of`",
  }),
  run: (input, given, context): Result => {
    const [shown, series] = [...input.series][0] ?? ["", undefined];
    const of = (property: string) => series?.get(property) ?? [];
    const found = hourMeans(of(given.speed), of(given.direction), given.of === undefined ? [] : of(given.of));
    const to = floorTo(context.now, hourMs);
    const span = { from: input.span.from, to };
    const counted = found.filter((hour) => hour.end <= to && (given.of === undefined || hour.value !== null));
    const ends = counted.map((hour) => hour.end);
    const coverage = completenessOf(ends, span, hourMs) ?? 0;
    const enough = coverage >= context.definition.completeness ? counted : [];
    const drawn = given.edges ? frequencies(enough, given.edges, given, context) : means(enough, given, context);
    const subject = context.network.stations.find((candidate) => candidate.id === shown)?.name ?? shown;
    return {
      shape: "result",
      ...drawn,
      previous: null,
      window: span,
      coverage,
      thresholds: [],
      facts: drawn.value === null ? {} : { ...drawn.facts, subject },
      finding: null,
      figures: [],
    };
  },
});
