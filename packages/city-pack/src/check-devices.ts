import type { Station } from "@ioc/contracts";
import type { Device } from "./device.ts";
import { measuredBy } from "./network.ts";
import type { Path, Placed, Problems, Section } from "./problems.ts";
import type { KindSource } from "./read-network.ts";

/** What a decoder objects to in a device, with the place in its entry and what would be right. */
export type DeviceCheck = (device: Device) => { path: Path; problem: string; remedy: string }[];

export interface DeviceParts {
  devices: readonly Placed<Device>[];
  kinds: Section<KindSource>;
  stations: Section<Station>;
}

/** Names and references of devices. What a model's decoder knows is the `check`'s matter. */
export function checkDevices({ devices, kinds, stations }: DeviceParts, problems: Problems, check?: DeviceCheck): void {
  const byStation = new Map(stations.items.map(({ value }) => [value.id, value]));
  const byKind = new Map(kinds.items.map(({ value }) => [value.kind.id, value]));
  const first = new Map<string, Placed<Device>>();
  for (const device of devices) {
    checkName(device, first, problems);
    const { value, place } = device;
    const station = byStation.get(value.station);
    const kind = station ? byKind.get(station.kind) : undefined;
    if (station && kind) checkFields(device, station, kind, problems);
    else if (!station && stations.complete) {
      const problem = `there is no station "${value.station}"`;
      problems.add(place, ["station"], problem, "use an id of stations/*.csv");
    }
    if (value.devEui === null) continue;
    for (const { path, problem, remedy } of check?.(value) ?? []) problems.add(place, path, problem, remedy);
  }
}

/** Exactly one name, which no earlier device has, and what belongs to it. */
function checkName(device: Placed<Device>, first: Map<string, Placed<Device>>, problems: Problems): void {
  const { value, place } = device;
  const { devEui, esp8266, model, fields } = value;
  if ((devEui === null) === (esp8266 === null)) {
    problems.add(place, [], "a device has one name: `devEui` or `esp8266`", "give one of the two");
    return;
  }
  const key = devEui === null ? "esp8266" : "devEui";
  const name = devEui ?? esp8266 ?? "";
  const earlier = first.get(`${key} ${name}`);
  if (earlier) {
    const where = `${earlier.place.file}:${earlier.place.lineOf([])}`;
    problems.add(place, [key], `device ${name} is there twice (first at ${where})`, "remove one of them");
  } else first.set(`${key} ${name}`, device);
  if (devEui !== null && model === null) {
    problems.add(place, ["model"], '"model" is missing', "add the maker and model, such as milesight/em400-tld");
  }
  if (devEui !== null && fields === null) {
    problems.add(place, ["fields"], '"fields" is missing', "add { field of the device: property of the station }");
  }
  if (esp8266 !== null && model !== null) {
    problems.add(place, ["model"], "the firmware says what its values are: there is no model", "remove it");
  }
}

function checkFields({ value, place }: Placed<Device>, station: Station, source: KindSource, problems: Problems): void {
  const measured = measuredBy(station);
  const observed = source.kind.properties
    .filter(({ id, technical }) => technical || (measured?.includes(id) ?? true))
    .map(({ id }) => id);
  for (const [name, field] of Object.entries(value.fields ?? {})) {
    if (observed.includes(field.property)) continue;
    const problem = `station ${station.id} has no property "${field.property}"`;
    problems.add(place, ["fields", name], problem, `use one of: ${observed.join(", ")}`);
  }
}
