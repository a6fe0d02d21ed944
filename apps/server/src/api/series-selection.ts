import { isSeenBy } from "@ioc/city-pack";
import { mostDatastreams, type Network, type Selection } from "@ioc/contracts";
import { isTooMuchAsked, type DatastreamSpec } from "@ioc/observations";
import { storeProblem } from "./gate.ts";
import { notFound, unfit, type ProblemError } from "./problem.ts";
import { liesIn } from "./stations.ts";

/** What is told of a datastream beside its readings. */
export type SelectedStream = Pick<DatastreamSpec, "id" | "station" | "property" | "unit">;

/** The datastreams that fit every parameter of a question, in the order they were named or in that of the network. */
export type StreamSelector = (selection: Selection) => SelectedStream[];

/** @param specs Datastreams of the network. */
export function createStreamSelector(network: Network, specs: readonly DatastreamSpec[]): StreamSelector {
  const byId = new Map(specs.map((spec) => [spec.id, spec]));
  const stations = new Map(network.stations.map((station) => [station.id, station]));
  return ({ datastream, station, kind, property, area, scheme = network.scheme }) => {
    if (station !== undefined && !stations.has(station)) throw notFound(`There is no station ${station}.`);
    const named = datastream?.map((id) => {
      const spec = byId.get(id);
      if (!spec) throw notFound(`There is no datastream ${id}.`);
      return spec;
    });
    const found = [...new Set(named ?? specs)].filter((spec) => {
      const place = stations.get(spec.station);
      return (
        place !== undefined &&
        (station === undefined || spec.station === station) &&
        (kind === undefined || place.kind === kind) &&
        (property === undefined || spec.property === property) &&
        // A datastream that was named is given whatever scheme is in use.
        (named !== undefined || isSeenBy(place, scheme)) &&
        (area === undefined || liesIn(network, place, scheme, area))
      );
    });
    if (found.length === 0) throw notFound("No datastream fits what was asked.");
    return found;
  };
}

/**
 * Refuses a question that names nothing: it would be about the whole city by mistake.
 * @throws {ProblemError} 400
 */
export function requireSelection(selection: Selection): void {
  const { datastream, station, kind, property, area } = selection;
  if ([datastream, station, kind, property, area].some((given) => given !== undefined)) return;
  throw badQuery("datastream", "name datastreams, or `station`, `kind`, `property` or `area`");
}

/** @throws {ProblemError} 400 when there are more than 5,000 */
export function limitStreams(streams: readonly SelectedStream[]): void {
  if (streams.length <= mostDatastreams) return;
  throw badQuery("datastream", `${streams.length} datastreams fit, of at most ${mostDatastreams}`);
}

/** A span in ms. @throws {ProblemError} 400 when it is empty */
export function spanOf(from: string, to: string): { from: number; to: number } {
  const span = { from: Date.parse(from), to: Date.parse(to) };
  if (span.from >= span.to) throw badQuery("to", "must be later than `from`");
  return span;
}

export function badQuery(parameter: string, message: string): ProblemError {
  return unfit("query", parameter, message);
}

/** Tells who asked why there is no answer: too much was asked, or the store cannot be read at the moment. */
export function unanswered(error: unknown): never {
  throw isTooMuchAsked(error) ? badQuery("from", error.message) : storeProblem(error);
}
