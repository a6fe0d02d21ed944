import type { Network, Station } from "@ioc/contracts";

/** The units that a station, or a unit itself, lies in, by scheme: the narrowest first, then those above it. */
export function areasOf(network: Network, { areas }: Pick<Station, "areas">): Record<string, string[]> {
  const byScheme = Object.entries(areas).map(([scheme, narrowest]) => {
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
