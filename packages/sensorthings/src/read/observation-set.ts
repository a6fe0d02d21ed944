import { entityTypes } from "../model/entity-types.ts";
import { storeName } from "./world.ts";
import {
  comparePlaces,
  placeOfObservation,
  type Direction,
  type ObservationPlace,
  type StoredObservation,
} from "../observations/stored.ts";
import { fromRow } from "../observations/source.ts";
import { compareBy, matches, observationBounds, type Expression, type QueryOptions } from "../query/index.ts";
import { pageSize, type ReadContext } from "./context.ts";
import type { SetPage } from "./entity-set.ts";
import { featureOf, ObservationItem } from "./items.ts";
import { narrowed, type ObservationScope } from "./observation-scope.ts";
import { presentObservation, shapeOf } from "./present.ts";
import type { PagePlace } from "./skip-token.ts";

interface Found {
  page: StoredObservation[];
  count: number | null;
  next: PagePlace | null;
}

/** A page of Observations, in order of phenomenonTime when no order is asked. */
export async function readObservationSet(
  context: ReadContext,
  scope: ObservationScope,
  options: QueryOptions,
  place: PagePlace | null,
): Promise<SetPage> {
  context.budget.takeSet();
  const { world, root } = context;
  const shape = shapeOf(entityTypes.Observations, options);
  const { page, count, next } = await find(context, scope, options, place);
  const value = [];
  for (const observation of page) {
    const json = presentObservation(world, root, observation, shape);
    if (options.expand.length > 0) await context.expand(context, json, { observation }, options.expand);
    value.push(json);
  }
  return { value, count, next, observations: page };
}

async function find(
  context: ReadContext,
  scope: ObservationScope,
  options: QueryOptions,
  place: PagePlace | null,
): Promise<Found> {
  const direction = timeOrder(options);
  const isOneStream = scope.streams.length === 1 && scope.feature === null;
  const isExpanded = context.trail.length > 0;
  if (isExpanded && direction === "desc" && isOneStream && asksForFirst(options, place))
    return newestOf(context, scope);
  return direction === null
    ? findSorted(context, scope, options, place)
    : findInTime(context, scope, options, direction, place);
}

function asksForFirst(options: QueryOptions, place: PagePlace | null): boolean {
  return options.top === 1 && options.filter === null && !options.skip && !options.count && place === null;
}

/** The direction when the order is by phenomenonTime and then by id; null for any other order. */
function timeOrder({ orderby }: QueryOptions): Direction | null {
  const [first, second, ...more] = orderby;
  if (!first) return "asc";
  if (more.length > 0 || (second && (second.descending || pathOf(second.expression) !== "@iot.id"))) return null;
  if (pathOf(first.expression) !== "phenomenonTime") return null;
  return first.descending ? "desc" : "asc";
}

function pathOf(expression: Expression): string {
  const path = expression.kind === "path" ? expression.steps.join("/") : "";
  return path === "id" ? "@iot.id" : path;
}

/** The newest Observation of one stream, from memory; for an expansion, which needs no next page. */
async function newestOf({ world, budget }: ReadContext, { streams }: ObservationScope): Promise<Found> {
  const [id = 0] = streams;
  const stream = world.entities.stream(id);
  const name = stream ? storeName(stream) : null;
  budget.takeObservations(1);
  const found: StoredObservation[] = [];
  const record = name === null ? undefined : (await world.newest.of([name])).get(name);
  if (record) found.push(...world.source.fromRecords([record]).map((one) => world.source.complete(one)));
  if (world.rows.count(streams, "own") > 0) {
    const window = { streams, from: -Infinity, to: Infinity, direction: "desc", after: null, limit: 50 } as const;
    const row = world.rows.window(window).find(({ own }) => own);
    if (row) found.push(fromRow(row));
  }
  found.sort((a, b) => comparePlaces(placeOfObservation(a), placeOfObservation(b), "desc"));
  return { page: found.slice(0, 1), count: null, next: null };
}

interface Search {
  batches: AsyncGenerator<StoredObservation[]>;
  fits(observation: StoredObservation): boolean;
  /** False when everything that is read fits. */
  tests: boolean;
}

function search(
  context: ReadContext,
  whole: ObservationScope,
  { filter }: QueryOptions,
  direction: Direction,
  after: ObservationPlace | null,
  size: number,
): Search {
  const { world, now } = context;
  const bounds = observationBounds(filter, now);
  const { scope, rest } = narrowed(world, whole, bounds.rest, now);
  const { from, to } = bounds;
  const batches = world.source.batches({ ...scope, from, to, direction, after }, size);
  const hasTests =
    rest !== null || scope.feature !== null || (filter !== null && world.rows.count(scope.streams, "own") > 0);
  const fits = (observation: StoredObservation) => {
    if (scope.feature !== null && featureOf(world, observation) !== scope.feature) return false;
    // The bounds are exact for instants only.
    const test = observation.time.to === null ? rest : filter;
    return test === null || matches(test, new ObservationItem(world, observation), now);
  };
  return { batches, fits, tests: hasTests };
}

async function findInTime(
  context: ReadContext,
  scope: ObservationScope,
  options: QueryOptions,
  direction: Direction,
  place: PagePlace | null,
): Promise<Found> {
  const { filter } = options;
  const size = pageSize(options.top);
  const skip = place && "skip" in place ? place.skip : (options.skip ?? 0);
  const after = place && "at" in place ? place.at : null;
  let count = options.count && filter === null && scope.feature === null ? await countAll(context, scope) : null;
  const counting = options.count && count === null;
  if (size === 0 && !counting) return { page: [], count, next: null };
  // A count is of the whole set, so a page further on begins at its place only where nothing is counted.
  const { batches, fits } = search(context, scope, options, direction, counting ? null : after, skip + size + 1);
  const page: StoredObservation[] = [];
  let seen = 0;
  let more = false;
  for await (const batch of batches) {
    context.budget.takeObservations(batch.length);
    for (const one of batch) {
      if (!fits(one)) continue;
      seen += 1;
      if (counting && after && comparePlaces(placeOfObservation(one), after, direction) <= 0) continue;
      if (!after && seen <= skip) continue;
      if (page.length < size) page.push(one);
      else more = true;
    }
    if (more && !counting) break;
  }
  if (counting) count = seen;
  const last = page.at(-1);
  return { page, count, next: more && last ? { at: placeOfObservation(last) } : null };
}

/** Any other order: everything that fits is looked at, and the best are kept. */
async function findSorted(
  context: ReadContext,
  scope: ObservationScope,
  options: QueryOptions,
  place: PagePlace | null,
): Promise<Found> {
  const size = pageSize(options.top);
  const skip = place && "skip" in place ? place.skip : (options.skip ?? 0);
  const wanted = skip + size + 1;
  const { batches, fits } = search(context, scope, options, "asc", null, 5000);
  const compare = compareBy(options.orderby, context.now) as (a: ObservationItem, b: ObservationItem) => number;
  let best: ObservationItem[] = [];
  let seen = 0;
  for await (const batch of batches) {
    context.budget.takeObservations(batch.length);
    const fitting = batch.filter(fits);
    seen += fitting.length;
    for (const one of fitting) best.push(new ObservationItem(context.world, one));
    if (best.length > wanted + 20_000) best = best.sort(compare).slice(0, wanted);
  }
  best.sort(compare);
  const page = best.slice(skip, skip + size).map((item) => item.observation);
  const next = best.length > skip + size && size > 0 ? { skip: skip + size } : null;
  return { page, count: options.count ? seen : null, next };
}

async function countAll({ world }: ReadContext, { streams, all }: ObservationScope): Promise<number> {
  const names = streams
    .map((id) => world.entities.stream(id))
    .flatMap((stream) => {
      const name = stream ? storeName(stream) : null;
      return name === null ? [] : [name];
    });
  const profiles = names.length === 0 ? [] : await world.reader.profile(names);
  const readings = profiles.reduce((sum, { count }) => sum + count, 0);
  return readings + world.rows.count(all ? null : streams, "own");
}
