import type { Expression } from "./expression.ts";

export type ResultFormat = "json" | "dataArray" | "csv" | "geojson";

/** The query options of one set of entities; an expansion has its own. */
export interface QueryOptions {
  filter: Expression | null;
  orderby: OrderItem[];
  /** Names of properties and links to give, `id` as `@iot.id`; null: all. */
  select: string[] | null;
  expand: ExpandItem[];
  top: number | null;
  skip: number | null;
  count: boolean;
  resultFormat: ResultFormat;
  /** Opaque place to go on from, as written by the server into a nextLink. */
  skipToken: string | null;
}

/** `Things/Datastreams` is an item `Things` with an item `Datastreams` in its options. */
export interface ExpandItem {
  link: string;
  options: QueryOptions;
}

export interface OrderItem {
  expression: Expression;
  descending: boolean;
}

/** A query option that cannot be read. `position` counts characters of the option's decoded value from 1. */
export class QuerySyntaxError extends Error {
  readonly option: string;
  readonly position: number;
  /** The message without option and place. */
  readonly problem: string;
  constructor(problem: string, option: string, position: number) {
    super(`${option}: ${problem} (character ${position})`);
    this.name = "QuerySyntaxError";
    this.problem = problem;
    this.option = option;
    this.position = position;
  }
}

export function noOptions(): QueryOptions {
  return {
    filter: null,
    orderby: [],
    select: null,
    expand: [],
    top: null,
    skip: null,
    count: false,
    resultFormat: "json",
    skipToken: null,
  };
}
