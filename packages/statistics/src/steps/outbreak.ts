import { z } from "zod";
import type { Grouped } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { earsC2, runsAbove } from "../operators/outbreak.ts";
import { defineStep } from "../step.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName } from "./parameters.ts";

/**
 * Short-memory outbreak test of counts (EARS C2), and how many periods running it has been above a level. Needs ten periods;
 * periods without a count have none.
 */
export const ears = defineStep({
  op: "ears",
  doc: {
    vi: "Phép thử ổ dịch EARS C2: số ca so với 7 kỳ trước đó, bỏ 2 kỳ gần nhất, và số kỳ liền vượt mức",
    en: "Outbreak test EARS C2: counts against the 7 periods before, two left out, and how many periods running it is above a level",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    measure: measureName,
    into: measureName.default("c2"),
    /** Measure for the periods running above `above`. */
    running: measureName.default("running"),
    above: z.number().default(3),
  }),
  run: (input, { measure, into, running, above }): Grouped =>
    onGroups(input, (grid) => {
      const scores = matrixOf(grid.ids, (subject) => earsC2(rowOf(grid, measure, subject)));
      return withMeasures(grid, [
        [into, scores],
        [running, scores.map((row) => runsAbove(row, above))],
      ]);
    }),
});
