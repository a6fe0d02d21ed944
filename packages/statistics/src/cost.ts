import { datastreamId } from "@ioc/contracts";
import type { Network, StatisticDefinition } from "@ioc/contracts";
import { planOf, readsOf } from "./evaluate.ts";
import type { Read } from "./step.ts";
import { viewOf } from "./view.ts";

const hourMs = 3_600_000;
/** Part of a span that is taken to lie near a level, such as the days on which a street is under water. */
const nearShare = 0.1;

/**
 * How many readings, hourly and daily buckets one calculation of a definition asks for at most, whatever is stored: datastreams
 * times the periods of the span. Rows of datasets are not counted: they are in memory anyway.
 * @param now city time, ms
 * @throws Error when the definition does not pass its check
 */
export function readingsAsked(definition: StatisticDefinition, network: Network, now: number): number {
  const plan = planOf(definition, network, viewOf(definition, network, {}), now);
  const periods = periodsOf(network);
  return readsOf(plan).reduce((sum, read) => sum + askedBy(read, periods), 0);
}

function askedBy(read: Read, periods: ReadonlyMap<string, number>): number {
  if (read.kind === "rows") return 0;
  if (read.kind === "latest" || read.kind === "flagged") return read.datastreams.length;
  const span = read.to - read.from;
  if (read.kind === "hours") return read.datastreams.length * (span / hourMs);
  if (read.kind === "days") return read.datastreams.length * (span / (24 * hourMs));
  const single = read.datastreams.reduce((sum, datastream) => sum + span / (periods.get(datastream) ?? hourMs), 0);
  return read.kind === "near" ? single * nearShare : single;
}

/** ms between two readings, by datastream. */
function periodsOf(network: Network): Map<string, number> {
  const kinds = new Map(network.kinds.map((kind) => [kind.id, kind]));
  return new Map(
    network.stations.flatMap(({ id, kind }) =>
      (kinds.get(kind)?.properties ?? []).map(
        (property) => [datastreamId(id, property.id), property.periodSeconds * 1000] as const,
      ),
    ),
  );
}
