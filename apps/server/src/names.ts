import type { Lang, Network } from "@ioc/contracts";

/** Names of stations, station kinds and areas of the scheme in use; an unknown id comes back as it is. */
export function createNames(network: Network): (id: string, lang: Lang) => string {
  const areas = network.areas.filter((area) => area.scheme === network.scheme);
  const names = new Map([...network.kinds, ...areas, ...network.stations].map((one) => [one.id, one.name]));
  return (id, lang) => names.get(id)?.[lang] ?? id;
}
