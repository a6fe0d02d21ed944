import { z } from "zod";
import type { Network } from "@ioc/contracts";
import type { Grid, Matrix } from "../grid.ts";
import { emptyMatrix, put, rowOf, withMeasures } from "../grid.ts";
import { histogramOf, maxOf } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import { tableOf } from "../tables.ts";
import { dayMs, duration, floorTo, measureName, tableProblems } from "./parameters.ts";
import { newestAt } from "../operators/water.ts";

/**
 * Depths of the last 24 hours: the largest of every `every`, now, and one window before. `now` = newest depth not older
 * than `maxAge`, `max` = largest depth of each interval, `max24h` with `max24hTime` at the head. At the head `max` is the
 * depth now, so that the line ends at the headline.
 */
export const depthHistory = defineStep({
  op: "depth-history",
  doc: { vi: "Độ sâu lớn nhất từng khoảng và của 24 giờ", en: "Largest depth of each interval and of 24 hours" },
  takes: "readings",
  gives: "grid",
  params: z.strictObject({ property: measureName, every: duration, maxAge: duration }),
  run: (input, { property, every, maxAge }, { now, stations }): Grid => {
    const ends: number[] = [now - dayMs];
    for (let end = floorTo(now - dayMs, every) + every; end < now; end += every) if (end > now - dayMs) ends.push(end);
    ends.push(now);
    const ids = stations.map((station) => station.id);
    const names = ["now", "max", "max24h", "max24hTime", "time", "coverage"];
    const measures = new Map<string, Matrix>(names.map((name) => [name, emptyMatrix(ids.length, ends.length)]));
    ids.forEach((id, subject) => {
      const series = input.series.get(id)?.get(property) ?? [];
      ends.forEach((end, i) => {
        const last = newestAt(series, end);
        const newest = series[last];
        const fresh = newest && end - newest.time <= maxAge ? newest : null;
        const inside = series.slice(newestAt(series, end - every) + 1, last + 1);
        const isPoint = i === 0 || end === now;
        put(measures, "now", subject, i, fresh?.value ?? null);
        put(measures, "time", subject, i, fresh?.time ?? null);
        put(
          measures,
          "max",
          subject,
          i,
          isPoint ? (fresh?.value ?? null) : maxOf(inside.map((reading) => reading.value)),
        );
        put(measures, "coverage", subject, i, (isPoint ? fresh !== null : inside.length > 0) ? 1 : 0);
      });
      const day = series.filter((reading) => reading.time > now - dayMs && reading.time <= now);
      const deepest = maxOf(day.map((reading) => reading.value));
      const when = deepest === null ? null : (day.findLast((reading) => reading.value === deepest)?.time ?? null);
      put(measures, "max24h", subject, ends.length - 1, deepest);
      put(measures, "max24hTime", subject, ends.length - 1, when);
    });
    return {
      shape: "grid",
      ids,
      ends,
      head: ends.length - 1,
      before: 0,
      shown: ends.flatMap((_, i) => (i === 0 ? [] : [i])),
      window: { from: now - dayMs, to: now },
      measures,
      labels: {},
    };
  },
});

/** Names of classes with these lower edges: `0.10-0.20`, …, `>=0.50`. */
function classNames(edges: readonly number[], decimals: number): string[] {
  return edges.map((edge, i) => {
    const next = edges[i + 1];
    return next === undefined ? `>=${edge.toFixed(decimals)}` : `${edge.toFixed(decimals)}-${next.toFixed(decimals)}`;
  });
}

/** Names and lower edges of the classes: as given, or those of a reference table. */
function classesOf(
  { edges, decimals, table }: { edges?: number[] | undefined; decimals: number; table?: string | undefined },
  network: Network,
): { names: string[]; edges: number[] } {
  if (table === undefined) return { names: classNames(edges ?? [], decimals), edges: edges ?? [] };
  const levels = Object.entries(tableOf(network, table, "service-levels").bands).sort(([, a], [, b]) => a[0] - b[0]);
  return { names: levels.map(([name]) => name), edges: levels.map(([, [from]]) => from) };
}

/**
 * Sorts the value of every station into classes by ascending lower edges, given or of a reference table of levels; below the
 * first is `dry`, without a value `unknown`. Measures: `active` (1 from the first edge on), one measure of 0 or 1 per class and for `dry` and `unknown`,
 * and `class` (code). Counts are never null: an unknown station is counted apart.
 */
export const classify = defineStep({
  op: "classify",
  doc: { vi: "Xếp giá trị vào các lớp theo ngưỡng và đếm", en: "Puts values into classes by edges and counts them" },
  takes: "grid",
  gives: "grid",
  params: z
    .strictObject({
      measure: measureName,
      edges: z.array(z.number()).min(1).optional(),
      table: z.string().optional(),
      decimals: z.int().min(0).max(6).default(2),
    })
    .refine((given) => (given.edges === undefined) !== (given.table === undefined), {
      message: "name either `edges` or `table`",
    }),
  problems: ({ edges = [], table }, _definition, network) => [
    ...(edges.every((edge, i) => i === 0 || edge > (edges[i - 1] as number)) ? [] : ["edges must ascend"]),
    ...(table === undefined ? [] : tableProblems(network, table, "service-levels")),
  ],
  run: (grid, { measure, ...given }, { network }): Grid => {
    const { names: classes, edges } = classesOf(given, network);
    const names = [...classes, "dry", "unknown"];
    const all = [...names, "active", "class"];
    const added = new Map<string, Matrix>(all.map((name) => [name, emptyMatrix(grid.ids.length, grid.ends.length)]));
    grid.ids.forEach((_, subject) => {
      rowOf(grid, measure, subject).forEach((value, end) => {
        const found = histogramOf([value], edges);
        const flags = [...found.classes, found.below, found.missing];
        names.forEach((name, i) => put(added, name, subject, end, flags[i] ?? 0));
        put(added, "active", subject, end, found.below || found.missing ? 0 : 1);
        put(added, "class", subject, end, flags.indexOf(1));
      });
    });
    return withMeasures(grid, added, { class: names });
  },
});
