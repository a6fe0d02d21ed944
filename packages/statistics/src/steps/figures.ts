import { z } from "zod";
import type { Result } from "../grid.ts";
import { defineStep } from "../step.ts";
import { text } from "./parameters.ts";

/** Further numbers of the whole view that stand beside the headline: facts of the result with a name and a unit. */
export const figures = defineStep({
  op: "figures",
  doc: {
    vi: "Những con số đứng cạnh giá trị chính: đại lượng của toàn bộ phạm vi, có tên và đơn vị",
    en: "Numbers that stand beside the headline: measures of the whole view with a name and a unit",
  },
  takes: "result",
  gives: "result",
  params: z.strictObject({
    items: z
      .array(z.strictObject({ fact: z.string(), name: text, unit: z.string(), decimals: z.int().min(0).max(6) }))
      .min(1),
  }),
  run: (input, { items }): Result => ({
    ...input,
    figures: [
      ...input.figures,
      ...items.map(({ fact, name, unit, decimals }) => {
        const value = input.facts[fact];
        return { id: fact, name, value: typeof value === "number" ? value : null, unit, decimals };
      }),
    ],
  }),
});
