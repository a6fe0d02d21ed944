import { z } from "zod";
import { datastreamId } from "@ioc/contracts";
import type { Station } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put } from "../grid.ts";
import { meanOf, medianDeviation, medianOf, sumOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import type { PlanContext, Read, StepContext } from "../step.ts";
import { inputsOf } from "../view.ts";
import { dayMs, duration, floorTo, measureName, propertyOf } from "./parameters.ts";
import { functionContext } from "./row-names.ts";

const parameters = z.strictObject({
  kind: z.string(),
  /** Length of a slot; slots begin at midnight. */
  slot: duration,
  /** How long after its end the readings of a slot are there. */
  settled: duration,
  weeks: z.int().min(1).max(12),
  /** So many days must have a value. */
  least: z.int().min(1),
  /** New measure: properties whose readings of the slot are added up. */
  measures: z.record(z.string(), z.array(measureName).min(1)),
});
type Parameters = z.infer<typeof parameters>;

interface Slot {
  from: number;
  to: number;
}

/** The newest slot that is settled, and the same one of the earlier days that are days of work, or of rest, as its own day is. */
function slotsOf({ slot, settled, weeks }: Parameters, context: PlanContext): { own: Slot; before: Slot[] } {
  const { calendar, now } = context;
  const { isWorkday } = functionContext(context);
  const newest = now - settled;
  const midnight = calendar.dayStart(newest - 1);
  const to = midnight + Math.max(slot, floorTo(newest - midnight, slot));
  const isWork = (start: number) => isWorkday(Date.parse(calendar.date(start)));
  const before: Slot[] = [];
  for (let back = 1; back <= 7 * weeks; back++) {
    const start = calendar.addDays(midnight, -back);
    if (isWork(start) !== isWork(midnight)) continue;
    const end = start + (to - midnight);
    before.push({ from: end - slot, to: end });
  }
  return { own: { from: to - slot, to }, before };
}

const stationsOf = ({ kind }: Parameters, { stations }: PlanContext) =>
  stations.filter((station) => station.kind === kind);

function reads(given: Parameters, context: PlanContext): Read[] {
  const { own, before } = slotsOf(given, context);
  const wanted = new Set(Object.values(given.measures).flat());
  const datastreams = stationsOf(given, context).flatMap((station) =>
    inputsOf(context.definition, station).flatMap((name) => (wanted.has(name) ? [datastreamId(station.id, name)] : [])),
  );
  return [
    { kind: "raw", ...own, datastreams },
    ...before.map((span): Read => ({ kind: "past", ...span, datastreams })),
  ];
}

/** Sum over the properties of what they were in a slot, a total or a mean; null when one is missing. */
function valueIn(
  kind: "raw" | "past",
  { from, to }: Slot,
  station: Station,
  properties: readonly string[],
  context: StepContext,
): number | null {
  let sum = 0;
  for (const property of properties) {
    const values = context.data[kind](from, to, datastreamId(station.id, property)).map(({ value }) => value);
    const isTotal = propertyOf(context.network, station, property)?.kind === "total";
    const value = isTotal ? sumOf(values) : meanOf(values);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

/**
 * What stations of a kind measured in the newest short slot of the day, and their habit in that slot: `<measure>:usual`, the median of
 * the days before, and `<measure>:spread`, 1.4826 times the median absolute deviation. Days of work are compared with days of work,
 * weekends and holidays with each other.
 */
export const slotHabit = defineStep({
  op: "slot-habit",
  doc: {
    vi: "Giá trị của khung ngắn mới nhất và thói quen cùng khung các ngày trước (trung vị, độ lệch), tách ngày làm việc và ngày nghỉ",
    en: "The newest short slot and its habit on earlier days (median, deviation), days of work apart from days of rest",
  },
  takes: "nothing",
  gives: "grid",
  params: parameters,
  problems: ({ slot }) => (dayMs % slot === 0 ? [] : ["a day must be full slots"]),
  reads,
  run: (_input, given, context): Grid => {
    const { own, before } = slotsOf(given, context);
    const stations = stationsOf(given, context);
    const names = Object.keys(given.measures).flatMap((name) => [name, `${name}:usual`, `${name}:spread`]);
    const measures = new Map<string, Matrix>(
      [...names, "coverage"].map((name) => [name, emptyMatrix(stations.length, 1)]),
    );
    stations.forEach((station, subject) => {
      for (const [name, properties] of Object.entries(given.measures)) {
        const value = valueIn("raw", own, station, properties, context);
        put(measures, name, subject, 0, value);
        put(measures, "coverage", subject, 0, value === null ? 0 : 1);
        const past = before
          .map((slot) => valueIn("past", slot, station, properties, context))
          .filter((one) => one !== null);
        if (past.length < given.least) continue;
        put(measures, `${name}:usual`, subject, 0, medianOf(past));
        put(measures, `${name}:spread`, subject, 0, medianDeviation(past));
      }
    });
    return {
      shape: "grid",
      ids: stations.map(({ id }) => id),
      ends: [own.to],
      head: 0,
      before: null,
      shown: [0],
      window: own,
      measures,
      labels: {},
    };
  },
});
