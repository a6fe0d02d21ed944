export { observationBounds } from "./bounds.ts";
export type { ObservationBounds } from "./bounds.ts";
export { evaluate, matches, QueryTooCostly } from "./evaluate.ts";
export type { Expression, Item } from "./expression.ts";
export { QuerySyntaxError } from "./options.ts";
export type { ExpandItem, OrderItem, QueryOptions, ResultFormat } from "./options.ts";
export { compareBy } from "./order.ts";
export { parseQueryOptions } from "./parse-options.ts";
