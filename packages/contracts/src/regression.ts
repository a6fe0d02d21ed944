import { z } from "zod";
import { workedOutFields } from "./worked-out.ts";

/**
 * A probability that is learned from the city's own history, as data: `pipeline` is made of the operators of statistics and ends in
 * `logistic-regression`. It is fitted anew each month; its coefficients are kept as rows, which rules read.
 */
export const regressionDefinition = z.object(workedOutFields);
export type RegressionDefinition = z.infer<typeof regressionDefinition>;
