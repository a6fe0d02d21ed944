import type { Network, Station } from "@ioc/contracts";

/** The units that a station lies in, by scheme: the narrowest first, then those above it. */
export function areasOf(network: Network, station: Station): Record<string, string[]> {
  const byScheme = Object.entries(station.areas).map(([scheme, narrowest]) => {
    const chain: string[] = [];
    for (let id: string | null = narrowest; id !== null && !chain.includes(id);) {
      chain.push(id);
      const unit = network.areas.find((area) => area.scheme === scheme && area.id === id);
      id = unit?.parent ?? null;
    }
    return [scheme, chain] as const;
  });
  return Object.fromEntries(byScheme);
}
