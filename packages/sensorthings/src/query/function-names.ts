/** How many arguments a function takes. */
export interface Arity {
  readonly least: number;
  readonly most: number;
}

const arities: readonly (readonly [least: number, most: number, names: string])[] = [
  [2, 2, "substringof startswith endswith indexof concat"],
  [2, 3, "substring"],
  [1, 1, "length tolower toupper trim"],
  [1, 1, "year month day hour minute second fractionalseconds date time totaloffsetminutes"],
  [0, 0, "now mindatetime maxdatetime"],
  [1, 1, "round floor ceiling"],
  [2, 2, "before after meets during overlaps starts finishes"],
  [2, 2, "geo.distance geo.intersects"],
  [1, 1, "geo.length"],
  [2, 2, "st_equals st_disjoint st_touches st_within st_overlaps st_crosses st_intersects st_contains"],
  [3, 3, "st_relate"],
];

/** Functions of OGC 18-088, tables 24 and 25, and the relations of time intervals that its reference server adds. */
const functions: ReadonlyMap<string, Arity> = new Map(
  arities.flatMap(([least, most, names]) => names.split(" ").map((name) => [name, { least, most }] as const)),
);

export function arityOf(name: string): Arity | undefined {
  return functions.get(name);
}

export function functionNames(): string[] {
  return [...functions.keys()];
}
