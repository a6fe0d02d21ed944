import type { QuarantineReason } from "@ioc/contracts";
import { nearestName } from "./nearest.ts";
import type { DatastreamSpec } from "./port.ts";

export interface Refusal {
  reason: QuarantineReason;
  message: string;
}

/** Looking for a like name is slow; more unknown names than this are refused without a hint until the next start. */
const HINTS = 500;
/** Names are cut before they are compared or repeated. */
const NAME_LENGTH = 120;

/** Datastreams by the names that senders use. */
export class DatastreamDirectory {
  readonly #byId = new Map<string, DatastreamSpec>();
  /** Properties by station. */
  readonly #stations = new Map<string, Set<string>>();
  readonly #refusals = new Map<string, Refusal>();

  constructor(specs: readonly DatastreamSpec[]) {
    this.add(specs);
  }

  /** Makes more datastreams known. */
  add(specs: readonly DatastreamSpec[]): void {
    for (const spec of specs) {
      const properties = this.#stations.get(spec.station) ?? new Set();
      this.#stations.set(spec.station, properties.add(spec.property));
      this.#byId.set(spec.id, spec);
    }
    this.#refusals.clear();
  }

  /** The datastream that is named by its id, or by station and property; else why there is none. */
  find(named: {
    datastream?: string | undefined;
    station?: string | undefined;
    property?: string | undefined;
  }): DatastreamSpec | Refusal {
    const { datastream, station, property } = named;
    if (datastream !== undefined) {
      const spec = this.#byId.get(datastream);
      if (spec) return spec;
      const colon = datastream.lastIndexOf(":");
      if (colon > 0) return this.#refuse(datastream.slice(0, colon), datastream.slice(colon + 1));
      return this.#refuse(datastream, "");
    }
    if (station === undefined || property === undefined) {
      return { reason: "bad-item", message: "name `datastream`, or `station` and `property`" };
    }
    return this.#byId.get(`${station}:${property}`) ?? this.#refuse(station, property);
  }

  #refuse(longStation: string, longProperty: string): Refusal {
    const station = longStation.slice(0, NAME_LENGTH);
    const property = longProperty.slice(0, NAME_LENGTH);
    const key = `${station}\n${property}`;
    let refusal = this.#refusals.get(key);
    if (!refusal) {
      const hinted = this.#refusals.size < HINTS;
      refusal = this.#explain(station, property, hinted);
      if (hinted) this.#refusals.set(key, refusal);
    }
    return refusal;
  }

  #explain(station: string, property: string, hinted: boolean): Refusal {
    const properties = this.#stations.get(station);
    if (!properties) {
      const near = hinted ? nearestName(station, this.#stations.keys()) : null;
      const hint = near ? `; nearest is ${near}` : "";
      return { reason: "unknown-station", message: `station "${station}" is not known${hint}` };
    }
    const near = hinted ? nearestName(property, properties) : null;
    const known = near ? `nearest is ${near}` : `it observes ${[...properties].slice(0, 12).join(", ")}`;
    return { reason: "unknown-property", message: `station ${station} has no property "${property}"; ${known}` };
  }
}
