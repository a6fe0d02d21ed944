export { observationBounds } from "./query/bounds.ts";
export type { ObservationBounds } from "./query/bounds.ts";
export { evaluate, matches, QueryTooCostly } from "./query/evaluate.ts";
export type { Expression, Item } from "./query/expression.ts";
export { QuerySyntaxError } from "./query/options.ts";
export type { ExpandItem, OrderItem, QueryOptions, ResultFormat } from "./query/options.ts";
export { compareBy } from "./query/order.ts";
export { parseQueryOptions } from "./query/parse-options.ts";
