import { hiddenLinks } from "../entities/entity.ts";
import { knownLink } from "../entities/entities.ts";
import type { Entity } from "../entities/entity.ts";
import { matches, type Expression, type Item } from "../query/index.ts";
import { EntityItem } from "./items.ts";
import type { World } from "./world.ts";

/** Which Observations a set holds. */
export interface ObservationScope {
  /** Ids of streams in rising order. */
  streams: readonly number[];
  /** These are all streams there are. */
  all: boolean;
  /** Only Observations of this FeatureOfInterest; null: of any. */
  feature: number | null;
}

/** All Observations, or those that hang on an entity. */
export function scopeOf(world: World, owner: Entity | null): ObservationScope {
  const { entities, rows } = world;
  if (owner === null) {
    const all = [...entities.list("Datastreams"), ...entities.list("MultiDatastreams")];
    return { streams: rising(all.map(({ id }) => id)), all: true, feature: null };
  }
  if (owner.type.set !== "FeaturesOfInterest") return { streams: [owner.id], all: false, feature: null };
  const usual = (["Datastreams", "MultiDatastreams"] as const).flatMap((set) =>
    entities.leading(owner, set, hiddenLinks.defaultFeature).map(({ id }) => id),
  );
  const streams = rising([...new Set([...usual, ...rows.streamsOfFeature(owner.id)])]);
  return { streams, all: false, feature: owner.id };
}

function rising(ids: number[]): number[] {
  return ids.sort((a, b) => a - b);
}

/**
 * Takes conditions that ask only for the stream (`Datastream/Thing/name eq 'x'`) out of a filter and narrows the scope by
 * them, so that only readings of fitting streams are looked at.
 */
export function narrowed(
  world: World,
  scope: ObservationScope,
  filter: Expression | null,
  now: number,
): { scope: ObservationScope; rest: Expression | null } {
  const operands = filter === null ? [] : filter.kind === "and" ? filter.operands : [filter];
  const ofStream = operands.filter((operand) => asksOnlyForStream(operand));
  if (ofStream.length === 0) return { scope, rest: filter };
  const fits = (id: number) => {
    const item = streamItem(world, id);
    return ofStream.every((operand) => matches(operand, item, now));
  };
  const [one, ...others] = operands.filter((operand) => !ofStream.includes(operand));
  const rest =
    one === undefined ? null : others.length === 0 ? one : { kind: "and" as const, operands: [one, ...others] };
  return { scope: { ...scope, streams: scope.streams.filter(fits), all: false }, rest };
}

function asksOnlyForStream(expression: Expression): boolean {
  const paths = [...pathsOf(expression)];
  return paths.length > 0 && paths.every(([first, second]) => isStreamLink(first) && second !== "phenomenonTime");
}

function isStreamLink(step: string | undefined): boolean {
  return step === "Datastream" || step === "MultiDatastream";
}

/** Steps of each path in an expression. */
function* pathsOf(expression: Expression): Generator<readonly string[]> {
  switch (expression.kind) {
    case "path":
      yield expression.steps;
      return;
    case "literal":
      return;
    case "call":
      for (const part of expression.args) yield* pathsOf(part);
      return;
    case "comparison":
    case "arithmetic":
      yield* pathsOf(expression.left);
      yield* pathsOf(expression.right);
      return;
    case "and":
    case "or":
      for (const part of expression.operands) yield* pathsOf(part);
      return;
    case "not":
      yield* pathsOf(expression.operand);
      return;
    case "in":
      for (const part of [expression.value, ...expression.list]) yield* pathsOf(part);
  }
}

/** Stands for every Observation of a stream. */
function streamItem(world: World, id: number): Item {
  const stream = world.entities.stream(id);
  const name = stream?.type.set === "MultiDatastreams" ? "MultiDatastream" : "Datastream";
  return {
    get: () => null,
    related: (link) => (stream && link === knownLink("Observations", name).name ? new EntityItem(world, stream) : null),
  };
}
