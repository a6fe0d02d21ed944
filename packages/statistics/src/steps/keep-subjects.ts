import { z } from "zod";
import { compileFormula } from "../formula/compile.ts";
import type { Grid, Grouped } from "../grid.ts";
import { rowOf } from "../grid.ts";
import { defineStep } from "../step.ts";
import { formulaProblems } from "./formula-problems.ts";
import { functionContext } from "./row-names.ts";
import { formula } from "./rows.ts";

/** Leaves out the subjects of which the condition is not true at the head of the view; the whole stays what it is. */
export const keepSubjects = defineStep({
  op: "keep-subjects",
  doc: {
    vi: "Chỉ giữ những đối tượng thỏa điều kiện ở mốc mới nhất",
    en: "Keeps the subjects of which the condition holds in the newest period",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({ where: formula }),
  problems: ({ where }) => formulaProblems({ where }),
  run: (input, { where }, context): Grouped => {
    const { groups } = input;
    const kept = groups.ids.flatMap((_, subject) => {
      const holds = compileFormula(where, {
        context: functionContext(context),
        at: (measure) => {
          const row = rowOf(groups, measure, subject);
          return (end) => row[end] ?? null;
        },
      });
      return holds(groups.head) === true ? [subject] : [];
    });
    const only: Grid = {
      ...groups,
      ids: kept.map((subject) => groups.ids[subject] as string),
      measures: new Map(
        [...groups.measures].map(([name, matrix]) => [name, kept.map((subject) => matrix[subject] ?? [])]),
      ),
    };
    return { ...input, groups: only, stations: input.stations === groups ? only : input.stations };
  },
});
