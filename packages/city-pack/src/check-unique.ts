import type { Placed, Problems } from "./problems.ts";

/** A problem for each item whose id an earlier item has. */
export function checkUnique<T>(
  items: readonly Placed<T>[],
  idOf: (item: T) => string,
  what: string,
  problems: Problems,
): void {
  const first = new Map<string, Placed<T>>();
  for (const item of items) {
    const id = idOf(item.value);
    const earlier = first.get(id);
    if (earlier) {
      const where = `${earlier.place.file}:${earlier.place.lineOf([])}`;
      problems.add(item.place, ["id"], `${what} "${id}" is there twice (first at ${where})`, "give it another id");
    } else first.set(id, item);
  }
}
