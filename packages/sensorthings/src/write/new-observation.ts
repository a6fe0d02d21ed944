import { hiddenLinks, linkedId, type Entity } from "../entities/entity.ts";
import { entityTypes, type LinkType } from "../model/entity-types.ts";
import { isGeoJsonEncoding } from "../model/geojson.ts";
import { conflict, invalid } from "../model/problem.ts";
import { parseInstant, parseTime, type TimeSpan } from "../model/times.ts";
import { knownLink } from "../entities/entities.ts";
import { checkTogether, lengthOf, placeOf, readBody, referenceOf } from "./body.ts";
import type { Draft } from "./draft.ts";
import { entityAt } from "./links.ts";

/** An Observation that was read and checked, ready to be recorded. */
export interface NewObservation {
  /** Id of its Datastream or MultiDatastream. */
  stream: number;
  time: TimeSpan;
  result: unknown;
  /** null: the sender gave none. */
  resultTime: number | null;
  /** FeatureOfInterest where it differs from the default one of the stream, else null. */
  feature: number | null;
  /** `resultQuality`, `validTime` and `parameters`, where given. */
  more: Record<string, unknown>;
}

export interface ObservationContext {
  now: number;
  path?: string;
  /** Given by the address, or by the entity that the Observation is described inside of. */
  stream?: Entity | undefined;
  feature?: Entity | undefined;
}

const streamLinks = ["Datastream", "MultiDatastream"].map((name) => knownLink("Observations", name));
const featureLink = knownLink("Observations", "FeatureOfInterest");

/**
 * Reads the body of a new Observation. A missing phenomenonTime is `now`, a missing resultTime stays unknown, a missing
 * FeatureOfInterest is made from the Thing's Location (18-088, 10.2.1 and 8.2.8).
 * @throws {SensorThingsProblem} naming the place in the body that is wrong
 */
export function readObservation(draft: Draft, body: unknown, context: ObservationContext): NewObservation {
  const { now, path = "" } = context;
  const { values, links } = readBody(entityTypes.Observations, body, path, true);
  const given = new Map(links.map((one) => [one.link.name, one]));
  let stream = context.stream;
  for (const link of streamLinks) {
    const one = given.get(link.name);
    if (one) stream = streamOf(draft, link, one.given, one.path, stream);
  }
  if (!stream) throw invalid(placeOf(path, "Datastream"), 'is mandatory: name one by {"@iot.id": …}');
  checkResult(stream, values["result"], placeOf(path, "result"));
  const own = given.get(featureLink.name);
  const feature = own ? featureFrom(draft, own.given, own.path) : (context.feature?.id ?? null);
  const { phenomenonTime, result, resultTime, ...more } = values;
  return {
    stream: stream.id,
    time: parseTime(phenomenonTime) ?? { from: now, to: null },
    result,
    resultTime: parseInstant(resultTime),
    feature: settleFeature(draft, stream, feature, path),
    more: Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null)),
  };
}

function streamOf(draft: Draft, link: LinkType, given: unknown, path: string, before: Entity | undefined): Entity {
  const id = referenceOf(given, path);
  if (id === null) throw invalid(path, 'must name an existing one by {"@iot.id": …}');
  const stream = entityAt(draft, link, id, path);
  if (before && before.id !== stream.id) throw invalid(path, `is not ${before.type.singular} ${before.id}`);
  return stream;
}

function featureFrom(draft: Draft, given: unknown, path: string): number {
  const id = referenceOf(given, path);
  if (id !== null) return entityAt(draft, featureLink, id, path).id;
  const { values, links } = readBody(entityTypes.FeaturesOfInterest, given, path, true);
  if (links[0]) throw invalid(links[0].path, "cannot be described inside an Observation");
  checkTogether(entityTypes.FeaturesOfInterest, values, path);
  return draft.add(entityTypes.FeaturesOfInterest, values, {}).id;
}

/** @throws {SensorThingsProblem} for a result that the stream cannot have */
export function checkResult(stream: Entity, result: unknown, path: string): void {
  if (typeof result === "number" && !Number.isFinite(result)) throw invalid(path, "is too large a number");
  if (stream.type.set === "MultiDatastreams") {
    const length = lengthOf(stream.values["multiObservationDataTypes"]);
    if (Array.isArray(result) && result.length === length) return;
    throw invalid(path, `must be a list of ${length} values, one for each of multiObservationDataTypes`);
  }
  if (stream.packId === null || result === null || typeof result === "number") return;
  throw invalid(path, `must be a number or null: Datastream ${stream.id} of the city pack measures numbers`);
}

/**
 * The feature that an Observation has to carry itself: null when it is the stream's default. The first Observation of a
 * stream settles its default.
 * @throws {SensorThingsProblem} when none is given and the Thing has no Location to make one from
 */
function settleFeature(draft: Draft, stream: Entity, given: number | null, path: string): number | null {
  const current = draft.get(stream.type.set, stream.id) ?? stream;
  const usual = linkedId(current, hiddenLinks.defaultFeature);
  if (given === null && current.packId !== null) return null;
  const feature = given ?? featureOfThing(draft, current, path);
  if (usual === feature) return null;
  if (usual !== null) return feature;
  draft.change(current, { links: { [hiddenLinks.defaultFeature]: [feature] } });
  return null;
}

/** The FeatureOfInterest that stands for the place of the stream's Thing; made once for each Location. */
function featureOfThing(draft: Draft, stream: Entity, path: string): number {
  const thing = draft.get("Things", linkedId(stream, "Thing") ?? 0);
  if (!thing) throw conflict(`${stream.type.singular} ${stream.id} has no Thing any more`);
  const locations = draft.linked(thing, knownLink("Things", "Locations"));
  const location = locations.find(({ values }) => isGeoJsonEncoding(values["encodingType"])) ?? locations[0];
  if (!location) {
    const at = placeOf(path, "FeatureOfInterest");
    throw invalid(at, `is mandatory, because Thing ${thing.id} has no Location to make it from`);
  }
  const known = draft.leading(location, "FeaturesOfInterest", hiddenLinks.generatedFrom)[0];
  if (known) return known.id;
  const { name, description, encodingType, location: feature } = location.values;
  const values = { name, description, encodingType, feature };
  return draft.add(entityTypes.FeaturesOfInterest, values, { [hiddenLinks.generatedFrom]: [location.id] }).id;
}
