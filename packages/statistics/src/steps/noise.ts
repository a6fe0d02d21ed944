import { z } from "zod";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put } from "../grid.ts";
import { energyMean } from "../operators/sound.ts";
import type { Reading } from "../operators/water.ts";
import { defineStep } from "../step.ts";
import { tableOf } from "../tables.ts";
import { hourMs, measureName, propertyOf, tableProblems } from "./parameters.ts";
import { newestAt } from "../operators/water.ts";

/** Start and end of a part of the day in ms after local midnight; one that ends before it starts ends on the next day. */
function partOf(text: string): { from: number; to: number } {
  const [from = 0, to = 0] = text.split("-").map((clock) => {
    const [hours = 0, minutes = 0] = clock.split(":").map(Number);
    return hours * hourMs + minutes * 60_000;
  });
  return { from, to: to > from ? to : to + 24 * hourMs };
}

/** Equivalent level of the readings in (from, to]; null with less than the share `valid` of the expected ones. */
function levelOf(series: readonly Reading[], span: { from: number; to: number }, period: number, valid: number) {
  const inside = series.slice(newestAt(series, span.from) + 1, newestAt(series, span.to) + 1);
  const coverage = Math.min(1, inside.length / Math.max(1, Math.round((span.to - span.from) / period)));
  return { coverage, level: coverage < valid ? null : energyMean(inside.map((reading) => reading.value)) };
}

/**
 * Equivalent levels by day and by night of every local date whose night is over: measures `day`, `night` in dB, `dayLimit` and
 * `nightLimit` of the zone that the station stands in (attribute `zone`; null without one). The parts of the day and the limits
 * come from the reference table; the night belongs to the date on which it begins. A part with less than the definition's
 * completeness of readings is null; `coverage` is the mean of both parts.
 */
export const noisePeriods = defineStep({
  op: "noise-periods",
  doc: {
    vi: "Mức ồn tương đương ban ngày, ban đêm và giới hạn của khu vực đặt trạm",
    en: "Equivalent noise by day and by night, and the limits of the station's zone",
  },
  takes: "readings",
  gives: "grid",
  params: z.strictObject({ measure: measureName, table: z.string(), zone: z.string() }),
  problems: ({ table }, _definition, network) => tableProblems(network, table, "noise"),
  run: (input, { measure, table, zone }, { network, calendar, stations, definition }): Grid => {
    const { periods, limits } = tableOf(network, table, "noise");
    const parts = { day: partOf(periods.day), night: partOf(periods.night) };
    const starts: number[] = [];
    for (
      let start = calendar.addDays(input.span.from - parts.day.from - 1, 1);
      start + parts.night.to <= input.span.to;
      start = calendar.addDays(start, 1)
    ) {
      starts.push(start);
    }
    const names = ["day", "night", "dayLimit", "nightLimit", "coverage"];
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(stations.length, starts.length)]));
    stations.forEach((station, subject) => {
      const series = input.series.get(station.id)?.get(measure) ?? [];
      const period = (propertyOf(network, station, measure)?.periodSeconds ?? 0) * 1000;
      const own = limits[String(station.attributes[zone])];
      starts.forEach((start, end) => {
        const found = (["day", "night"] as const).map((part) => {
          const span = { from: start + parts[part].from, to: start + parts[part].to };
          const { level, coverage } = levelOf(series, span, period, definition.completeness);
          put(measures, part, subject, end, level);
          put(measures, `${part}Limit`, subject, end, own?.[part] ?? null);
          return coverage;
        });
        put(measures, "coverage", subject, end, found.reduce((sum, coverage) => sum + coverage, 0) / found.length);
      });
    });
    const head = starts.length - 1;
    const ends = starts.map((start) => calendar.addDays(start, 1));
    const to = ends[head] ?? input.span.to;
    return {
      shape: "grid",
      ids: stations.map((station) => station.id),
      ends,
      starts,
      head,
      before: head > 0 ? head - 1 : null,
      shown: starts.map((_, i) => i),
      window: { from: starts[head] ?? to, to },
      measures,
      labels: {},
    };
  },
});
