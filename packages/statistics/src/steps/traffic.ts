import { z } from "zod";
import type { Grid, Grouped, Matrix, Result } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { holidaysOf } from "../holidays.ts";
import { maxOf, meanOf, ratioOf } from "../operators/aggregate.ts";
import { between, hourProfile, usualOf } from "../operators/rhythm.ts";
import { defineStep } from "../step.ts";
import type { StepContext } from "../step.ts";
import { tableOf } from "../tables.ts";
import { attributeOf, floorTo, hourMs, measureName, tableProblems, text } from "./parameters.ts";

/**
 * Weighted sum of measures, for example vehicles (weights 1) or passenger-car units (weights of a table). Null where one
 * of the parts is null.
 */
export const weightedSum = defineStep({
  op: "weighted-sum",
  doc: { vi: "Tổng có trọng số của nhiều đại lượng", en: "Weighted sum of measures" },
  takes: "grid",
  gives: "grid",
  params: z
    .strictObject({
      into: measureName,
      weights: z.record(z.string(), z.number()).optional(),
      table: z.string().optional(),
    })
    .refine((given) => (given.weights === undefined) !== (given.table === undefined), {
      message: "name either `weights` or `table`",
    }),
  problems: ({ table }, _definition, network) => (table === undefined ? [] : tableProblems(network, table, "pcu")),
  run: (grid, { into, weights, table }, { network }): Grid => {
    const used = Object.entries(weights ?? tableOf(network, table ?? "", "pcu").pcu);
    const sums = matrixOf(grid.ids, (subject) => {
      const parts = used.map(([measure, weight]) => ({ weight, row: rowOf(grid, measure, subject) }));
      return grid.ends.map((_, end) => {
        let sum = 0;
        for (const { weight, row } of parts) {
          const value = row[end] ?? null;
          if (value === null) return null;
          sum += weight * value;
        }
        return sum;
      });
    });
    return withMeasures(grid, [[into, sums]]);
  },
});

const weekMs = 7 * 24 * hourMs;

/**
 * Usual value of a measure at every shown end: the median of the same hour in the `weeks` weeks before, at least
 * `minWeeks` of them. An end that is not on the hour lies between the two hours around it.
 */
export const usual = defineStep({
  op: "usual",
  doc: {
    vi: "Mức thường lệ: trung vị cùng giờ của các tuần trước",
    en: "The usual value: median of the same hour in the weeks before",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ of: measureName, weeks: z.int().positive(), minWeeks: z.int().positive() }),
  run: (grid, { of, weeks, minWeeks }): Grid => {
    const index = new Map(grid.ends.map((end, i) => [end, i]));
    const shown = new Set([...grid.shown, grid.head]);
    const matrix = matrixOf(grid.ids, (subject) => {
      const row = rowOf(grid, of, subject);
      const onHour = (end: number) =>
        usualOf(
          Array.from({ length: weeks }, (_, i) => row[index.get(end - (i + 1) * weekMs) ?? -1] ?? null),
          minWeeks,
        );
      return grid.ends.map((end, i) => {
        if (!shown.has(i)) return null;
        const before = floorTo(end, hourMs);
        if (before === end) return onHour(end);
        const after = before + hourMs;
        return between(end, { time: before, value: onHour(before) }, { time: after, value: onHour(after) });
      });
    });
    return withMeasures(grid, [["usual", matrix]]);
  },
});

/**
 * Part of a capacity that is an attribute of the station: `share` (percent), `used` (at most the capacity) and `capacity`.
 * A station without the attribute is null.
 */
export const shareOfCapacity = defineStep({
  op: "share-of-capacity",
  doc: {
    vi: "Phần đã dùng của sức chứa ghi trong thuộc tính trạm",
    en: "Used part of a capacity that is an attribute of the station",
  },
  takes: "grid",
  gives: "grid",
  params: z.strictObject({ measure: measureName, attribute: z.string() }),
  run: (grid, { measure, attribute }, context): Grid => {
    const capacities = new Map(context.stations.map((station) => [station.id, attributeOf(station, attribute)]));
    const capacity = matrixOf(grid.ids, (subject, id) =>
      rowOf(grid, measure, subject).map((value) => (value === null ? null : (capacities.get(id) ?? null))),
    );
    const used = matrixOf(grid.ids, (subject) =>
      rowOf(grid, measure, subject).map((value, end) => {
        const limit = capacity[subject]?.[end] ?? null;
        return value === null || limit === null ? null : Math.min(value, limit);
      }),
    );
    const share: Matrix = used.map((row, subject) =>
      row.map((value, end) => ratioOf(value, capacity[subject]?.[end] ?? null, 100)),
    );
    return withMeasures(grid, [
      ["used", used],
      ["capacity", capacity],
      ["share", share],
    ]);
  },
});

const weekParameters = z.strictObject({
  measure: measureName,
  /** What the rows are. */
  by: z.enum(["weekday", "month"]).default("weekday"),
  /** Divided by the mean of all hours, or as measured. */
  relative: z.boolean().default(true),
  /** A cell needs as many hours. */
  cellMin: z.int().positive(),
  /** Whether public holidays count; those of the pack's table. */
  holidays: z.enum(["counted", "left-out"]).default("counted"),
  columns: z.strictObject({
    subject: text,
    hour: text,
    weekday: text.default({ vi: "Thứ", en: "Weekday" }),
    month: text.default({ vi: "Tháng", en: "Month" }),
    value: text,
    n: text,
  }),
});
type WeekParameters = z.infer<typeof weekParameters>;

const monthNames = "January February March April May June July August September October November December".split(" ");
const monthLabels = Object.fromEntries(monthNames.map((en, i) => [String(i + 1), { vi: `Tháng ${i + 1}`, en }]));

/** Row and clock hour of every shown interval; null on days that are left out. Looked up once for all subjects. */
function placesOf(grid: Grid, { by, holidays }: WeekParameters, { calendar, network }: StepContext) {
  const free = holidays === "left-out" ? holidaysOf(network) : new Set<string>();
  return grid.shown.map((end) => {
    const start = (grid.ends[end] as number) - hourMs;
    const date = calendar.date(start);
    if (free.has(date) || free.has(date.slice(5))) return null;
    const row = by === "weekday" ? calendar.weekday(start) : Number(date.slice(5, 7)) - 1;
    return { end, row, hour: calendar.hour(start) };
  });
}

function profileOf(
  grid: Grid,
  subject: number,
  places: ReturnType<typeof placesOf>,
  { measure, by, relative, cellMin }: WeekParameters,
) {
  const values = rowOf(grid, measure, subject);
  const hours = places.flatMap((place) => {
    const value = place === null ? null : (values[place.end] ?? null);
    return place === null || value === null ? [] : [{ row: place.row, hour: place.hour, value }];
  });
  const overall = relative ? meanOf(hours.map((hour) => hour.value)) : 1;
  const { mean, count } = hourProfile(hours, by === "weekday" ? 7 : 12, cellMin);
  return { cells: mean.map((row) => row.map((cell) => ratioOf(cell, overall))), count };
}

/**
 * Mean of a measure by clock hour (the hour that starts then) and weekday or month, public holidays left out where wanted, divided by the
 * mean of all its hours unless `relative` is false. The headline is the largest cell. Expected are the hours since the first that has a value: hours before
 * the records begin are not missing.
 */
export const hourWeekday = defineStep({
  op: "hour-weekday",
  doc: {
    vi: "Trung bình theo giờ và thứ hoặc tháng, so với trung bình chung hay theo đơn vị đo",
    en: "Mean by clock hour and weekday or month, relative to the overall mean or as measured",
  },
  takes: "grouped",
  gives: "result",
  params: weekParameters,
  run: (input: Grouped, parameters, context): Result => {
    const { columns: names } = parameters;
    const { unit, decimals } = context.definition;
    const several = input.groups.ids.length > 1;
    const places = placesOf(input.total, parameters, context);
    const total = profileOf(input.total, 0, places, parameters);
    const rows = input.groups.ids.flatMap((id, subject) => {
      const { cells, count } = several ? profileOf(input.groups, subject, places, parameters) : total;
      return cells.flatMap((row, place) =>
        row.map((cell, hour) => [...(several ? [id] : []), hour, place + 1, cell, count[place]?.[hour] ?? 0]),
      );
    });
    const value = maxOf(total.cells.flat());
    const peak = total.cells.flatMap((row, place) =>
      row.flatMap((cell, hour) => (cell !== null && cell === value ? [{ place, hour }] : [])),
    );
    const values = rowOf(input.total, parameters.measure, 0);
    const first = input.total.shown.find((i) => values[i] != null);
    const expected = first === undefined ? 0 : input.total.shown.filter((i) => i >= first).length;
    const known = input.total.shown.filter((i) => values[i] != null).length;
    const coverage = expected === 0 ? null : known / expected;
    const enough = coverage !== null && coverage >= context.definition.completeness;
    return {
      shape: "result",
      columns: [
        ...(several ? [{ id: "subject", name: names.subject, type: "station" as const, role: "series" as const }] : []),
        { id: "hour", name: names.hour, type: "number", decimals: 0, role: "x" },
        parameters.by === "weekday"
          ? { id: "weekday", name: names.weekday, type: "number", decimals: 0, role: "y" }
          : { id: "month", name: names.month, type: "number", decimals: 0, role: "y", labels: monthLabels },
        { id: "value", name: names.value, type: "number", unit, decimals, role: "value" },
        { id: "n", name: names.n, type: "number", decimals: 0 },
      ],
      rows: enough ? rows : [],
      value: enough ? value : null,
      previous: null,
      window: input.total.window,
      coverage,
      thresholds: [],
      facts:
        enough && peak[0]
          ? { value, hour: peak[0].hour, nextHour: (peak[0].hour + 1) % 24, [parameters.by]: peak[0].place + 1 }
          : {},
      finding: null,
      figures: [],
    };
  },
});
