import { z } from "zod";
import type { FrameColumn } from "@ioc/contracts";
import type { Grid, Grouped, Result } from "../grid.ts";
import { at, rowOf } from "../grid.ts";
import { defineStep } from "../step.ts";
import { measureName, text } from "./parameters.ts";
import { latestRows, subjectColumn, tableParameters } from "./table.ts";

const parameters = z.strictObject({
  /** Measure whose labels are the classes; each class is a measure of its own that counts. */
  classes: measureName,
  leaveOut: z.array(z.string()).default([]),
  headline: measureName,
  names: z.strictObject({ class: text, value: text, time: text }),
  /** Table of the stations themselves. */
  stations: tableParameters,
});

function counts(grid: Grid, subject: number, end: number, classes: readonly string[]): (string | number | null)[][] {
  return classes.map((name) => [name, at(grid, name, subject, end)]);
}

/**
 * Counts by class, in long form. City or one subject: by time over the shown ends; several areas: by area at the head,
 * largest headline first. In the view by station: the table `stations`.
 */
export const stack = defineStep({
  op: "stack",
  takes: "grouped",
  gives: "result",
  params: parameters,
  run: (input: Grouped, parameters, context): Result => {
    const { groups, total } = input;
    const { unit, decimals } = context.definition;
    const classes = (total.labels[parameters.classes] ?? []).filter((name) => !parameters.leaveOut.includes(name));
    const base = {
      shape: "result" as const,
      value: at(total, parameters.headline, 0, total.head),
      previous: at(total, parameters.headline, 0, total.before),
      window: total.window,
      coverage: rowOf(total, "coverage", 0)[total.head] ?? null,
      thresholds: [],
      facts: {
        value: at(total, parameters.headline, 0, total.head),
        ...Object.fromEntries([...total.measures.keys()].map((name) => [name, at(total, name, 0, total.head)])),
      },
      finding: null,
    };
    if (context.view.group === "station") return { ...base, ...latestRows(groups, parameters.stations, context) };
    const tail: FrameColumn[] = [
      { id: "class", name: parameters.names.class, type: "text", role: "series" },
      { id: "value", name: parameters.names.value, type: "number", unit, decimals, role: "value" },
    ];
    if (context.view.group === "city" || (context.view.subject !== null && groups.ids.length === 1)) {
      const columns: FrameColumn[] = [{ id: "time", name: parameters.names.time, type: "time", role: "x" }, ...tail];
      const rows = total.shown.flatMap((end) =>
        counts(total, 0, end, classes).map((cells) => [total.ends[end] as number, ...cells]),
      );
      return { ...base, columns, rows };
    }
    const headline = (subject: number) => at(groups, parameters.headline, subject, groups.head) ?? -1;
    const order = groups.ids.map((_, subject) => subject).sort((a, b) => headline(b) - headline(a) || a - b);
    const rows = order.flatMap((subject) =>
      counts(groups, subject, groups.head, classes).map((cells) => [groups.ids[subject] as string, ...cells]),
    );
    return { ...base, columns: [subjectColumn(context.view.group, "x"), ...tail], rows };
  },
});
