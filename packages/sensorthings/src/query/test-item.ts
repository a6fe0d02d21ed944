import type { Item } from "./expression.ts";

/** An entity written down in a test: its properties, and related entities under the names of links. */
export interface TestEntity {
  [property: string]: unknown;
}

const links = new Set(["Thing", "Datastream", "Sensor", "ObservedProperty", "FeatureOfInterest"]);
const sets = new Set(["Things", "Datastreams", "Locations", "HistoricalLocations", "Observations"]);

/** How an expression sees it. `id` is `@iot.id`. */
export function itemOf(entity: TestEntity): Item {
  return {
    get: (path) => entity[path === "@iot.id" ? "id" : path],
    related(link) {
      const value = entity[link];
      if (sets.has(link)) return ((value ?? []) as TestEntity[]).map(itemOf);
      if (!links.has(link)) throw new Error(`the test knows no link ${link}`);
      return value ? itemOf(value as TestEntity) : null;
    },
  };
}
