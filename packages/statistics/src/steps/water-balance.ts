import { z } from "zod";
import type { Grouped } from "../grid.ts";
import { matrixOf, rowOf, withMeasures } from "../grid.ts";
import { daysOfStorage } from "../operators/water-balance.ts";
import { defineStep } from "../step.ts";
import { onGroups } from "./group-formulas.ts";
import { measureName, share } from "./parameters.ts";

/** Days until a store is used up at the present draw, with an inflow that dies away; null where a part of the balance is not known. */
export const waterBalance = defineStep({
  op: "water-balance",
  doc: {
    vi: "Số ngày còn đủ nước: cân bằng dung tích hữu ích với lượng dùng, bốc hơi và dòng đến giảm dần",
    en: "Days that a store lasts: useful volume against draw, evaporation and an inflow that dies away",
  },
  takes: "grouped",
  gives: "grouped",
  params: z.strictObject({
    /** Measures: volume above the dead level in Mm³; inflow and what is lost of it, both in Mm³ a day. */
    useful: measureName,
    inflow: measureName,
    loss: measureName,
    /** The inflow of a day as a share of that of the day before. */
    recession: share,
    into: measureName,
  }),
  run: (input, { useful, inflow, loss, recession, into }): Grouped =>
    onGroups(input, (grid) => {
      const days = matrixOf(grid.ids, (subject) => {
        const [volume, coming, going] = [useful, inflow, loss].map((name) => rowOf(grid, name, subject));
        return grid.ends.map((_, end) => {
          const [v, i, l] = [volume?.[end] ?? null, coming?.[end] ?? null, going?.[end] ?? null];
          return v === null || i === null || l === null
            ? null
            : daysOfStorage({ useful: v, inflow: i, loss: l, recession });
        });
      });
      return withMeasures(grid, [[into, days]]);
    }),
});
