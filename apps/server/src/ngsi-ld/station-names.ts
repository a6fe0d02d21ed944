import type { NgsiMapping } from "@ioc/city-pack";
import type { Network, Station } from "@ioc/contracts";
import { plain, type Entity } from "./entity.ts";

/** Attributes that name the station or its device (smart-data-models). */
const naming = ["stationCode", "stationID", "stationId", "refDevice", "refPointOfInterest", "deviceId"];
const longestName = 200;

/** Finds stations by the names that senders use. */
export interface StationNames {
  /** By its id, another name of the mapping, or the attributes that name its device. Null when it is no station of the city. */
  find(entity: Pick<Entity, "id" | "attributes">): Station | null;
  byId(entityId: string): Station | null;
}

export function createStationNames(network: Network, mapping: NgsiMapping): StationNames {
  const stations = new Map(network.stations.map((station) => [station.id, station]));
  const named = (name: string): Station | null => {
    const alias = Object.hasOwn(mapping.stations, name) ? mapping.stations[name] : undefined;
    return stations.get(alias ?? name) ?? null;
  };
  /** `urn:ngsi-ld:<Type>:<station>`: the station is what stands behind the third colon, or any later one. */
  const byId = (id: string): Station | null => {
    const whole = named(id);
    if (whole || !/^(?:urn|uri):ngsi(?:-ld)?:/.test(id)) return whole;
    return named(id.slice(id.lastIndexOf(":") + 1));
  };
  const ofAttributes = (attributes: Entity["attributes"]): Station | null => {
    for (const name of naming) {
      const given = attributes.find((one) => one.name === name)?.value;
      const text = [plain(given)].flat()[0];
      if (typeof text !== "string" || text.length > longestName) continue;
      const station = byId(text);
      if (station) return station;
    }
    return null;
  };
  return { byId, find: ({ id, attributes }) => byId(id) ?? ofAttributes(attributes) };
}
