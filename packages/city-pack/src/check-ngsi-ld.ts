import type { Station } from "@ioc/contracts";
import type { NgsiMapping, NgsiType } from "./ngsi-ld.ts";
import { knownIds } from "./problems.ts";
import type { Path, Placed, Problems, Section } from "./problems.ts";
import type { KindSource } from "./read-network.ts";

/** References of the NGSI-LD mapping to kinds, properties and stations. */
export function checkNgsiMapping(
  mapping: Placed<NgsiMapping> | null,
  { kinds, stations }: { kinds: Section<KindSource>; stations: Section<Station> },
  problems: Problems,
): void {
  if (!mapping) return;
  const { value, place } = mapping;
  const typeOf = new Map<string, string>();
  const isKind = knownIds(kinds, ({ kind }) => kind.id);
  const isStation = knownIds(stations, ({ id }) => id);
  for (const [name, type] of Object.entries(value.types)) {
    const path = ["types", name];
    for (const [i, kind] of type.kinds.entries()) {
      if (!isKind(kind)) {
        problems.add(place, [...path, "kinds", i], `there is no kind "${kind}"`, "use an id of kinds/*.yaml");
      }
      const other = typeOf.get(kind);
      if (other) {
        const problem = `stations of kind ${kind} are entities of type ${other} already`;
        problems.add(place, [...path, "kinds", i], problem, "name the kind at one type");
      } else typeOf.set(kind, name);
    }
    if (type.kinds.every(isKind))
      checkAttributes(type, path, kinds, (at, problem, remedy) => problems.add(place, at, problem, remedy));
    if (value.refused[name]) {
      problems.add(place, ["refused", name], `type ${name} is both taken and refused`, "remove it from one of the two");
    }
  }
  for (const [alias, station] of Object.entries(value.stations)) {
    if (isStation(station)) continue;
    problems.add(place, ["stations", alias], `there is no station "${station}"`, "use an id of stations/*.csv");
  }
}

type Add = (path: Path, problem: string, remedy: string) => void;

/** A property must be one of a kind of the type; of any kind when the type has none, for then its entities only bring readings. */
function checkAttributes(type: NgsiType, path: string[], kinds: Section<KindSource>, add: Add): void {
  const own = kinds.items.filter(({ value }) => type.kinds.length === 0 || type.kinds.includes(value.kind.id));
  const known = new Set(own.flatMap(({ value }) => value.kind.properties.map(({ id }) => id)));
  for (const [attribute, { properties }] of Object.entries(type.attributes)) {
    for (const property of properties) {
      if (known.has(property) || !kinds.complete) continue;
      const remedy = `use one of: ${[...known].slice(0, 20).join(", ")}`;
      add([...path, "attributes", attribute], `no kind of the type has a property "${property}"`, remedy);
    }
    if (type.ignore.includes(attribute)) {
      add([...path, "ignore"], `attribute ${attribute} is both taken and ignored`, "remove it from one of the two");
    }
  }
}
