import { invalid } from "../model/problem.ts";
import type { StoredObservation } from "../observations/stored.ts";
import type { EntityJson, QueryOptions } from "../query/index.ts";
import { observationValues } from "./items.ts";
import { addressOf } from "./present.ts";
import type { World } from "./world.ts";

const components = ["id", "phenomenonTime", "result", "resultTime", "resultQuality", "validTime", "parameters"];

/** Observations as arrays, one for each Datastream (18-088, req/data-array/data-array). */
export function toDataArray(
  world: World,
  root: string,
  observations: readonly StoredObservation[],
  options: QueryOptions,
): EntityJson[] {
  const names = dataArrayComponents(options);
  const arrays = Map.groupBy(observations, ({ stream }) => stream);
  return [...arrays].flatMap(([id, own]) => {
    const stream = world.entities.stream(id);
    if (!stream) return [];
    const dataArray = own.map((one) => {
      const values = observationValues(one);
      return names.map((name) => (name === "id" ? one.id : (values[name] ?? null)));
    });
    const link = `${stream.type.singular}@iot.navigationLink`;
    const address = addressOf(root, stream.type, id);
    return [{ [link]: address, components: names, "dataArray@iot.count": dataArray.length, dataArray }];
  });
}

/** What stands in the arrays. @throws {SensorThingsProblem} for options that do not go together with arrays */
export function dataArrayComponents({ select, expand }: QueryOptions): string[] {
  if (expand.length > 0) throw invalid("$expand", "cannot be asked together with $resultFormat=dataArray");
  if (select === null) return components;
  const names = select.map((name) => (name === "@iot.id" ? "id" : name));
  const unknown = names.find((name) => !components.includes(name));
  if (unknown === undefined) return names;
  throw invalid("$select", `${unknown} cannot stand in an array; these can: ${components.join(", ")}`);
}
