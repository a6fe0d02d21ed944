import type { DatastreamSpec } from "@ioc/observations";
import type { EntityFile } from "../entities/entity-file.ts";
import { createdSpec } from "../entities/load.ts";
import type { Entity } from "../entities/entity.ts";
import type { World } from "../read/world.ts";
import type { Updates } from "../updates/updates.ts";
import { SensorThingsProblem } from "../model/problem.ts";
import type { Draft } from "./draft.ts";
import { recordObservations, type Outcome, type Receive } from "./record.ts";

export interface CommitParts {
  world: World;
  file: EntityFile;
  updates: Updates;
  receive: Receive;
  /** Makes datastreams known to the time-series store and to the intake. */
  register: (specs: readonly DatastreamSpec[]) => Promise<void>;
}

/**
 * Makes a draft true: entities at once and durably, then its Observations. Where the draft created Datastreams and their
 * Observations cannot be recorded, nothing of it stays.
 * @param source who sends, for the intake
 * @returns what became of each Observation of the draft
 * @throws {SensorThingsProblem | StoreBusy | StoreUnavailable}
 */
export async function commitDraft(parts: CommitParts, draft: Draft, source: string): Promise<Outcome[]> {
  const { world, updates } = parts;
  const before = apply(parts, draft);
  const newStreams = draft.changes().put.filter((entity) => entity.type.set === "Datastreams" && draft.isNew(entity));
  try {
    if (newStreams.length > 0) await parts.register(newStreams.map(({ id }) => createdSpec(id)));
    tellOfEntities(updates, before);
    if (draft.observations.length === 0) return [];
    const { outcomes, own } = await recordObservations(world, parts.receive, draft.observations, source);
    const refused = outcomes.find((outcome) => "problem" in outcome);
    if (newStreams.length > 0 && refused) throw new SensorThingsProblem("invalid", `Observations: ${refused.problem}`);
    for (const observation of own) updates.observation(observation);
    return outcomes;
  } catch (error) {
    if (newStreams.length > 0) restore(parts, before);
    throw error;
  }
}

/** An entity as it was and as it is; null when there is none. */
interface Step {
  was: Entity | null;
  is: Entity | null;
}

function apply({ world, file }: CommitParts, draft: Draft): Step[] {
  const changes = draft.changes();
  if (changes.put.length === 0 && changes.removed.length === 0) return [];
  const was = ({ type, id }: Entity) => world.entities.get(type.set, id) ?? null;
  const steps: Step[] = [
    ...changes.put.map((is) => ({ was: was(is), is })),
    ...changes.removed.map((entity) => ({ was: was(entity), is: null })),
  ];
  file.write(changes);
  for (const entity of changes.put) world.entities.put(entity);
  for (const entity of changes.removed) world.entities.remove(entity);
  return steps;
}

/** Puts everything back as it was before a draft. */
function restore({ world, file }: CommitParts, steps: readonly Step[]): void {
  const put = steps.flatMap(({ was }) => was ?? []);
  const removed = steps.flatMap(({ was, is }) => (was === null && is ? is : []));
  file.write({ put, removed });
  for (const entity of put) world.entities.put(entity);
  for (const entity of removed) world.entities.remove(entity);
}

function tellOfEntities(updates: Updates, steps: readonly Step[]): void {
  for (const { was, is } of steps) {
    if (is === null) continue;
    const names = is.type.properties.map(({ name }) => name);
    const differs = names.filter((name) => JSON.stringify(was?.values[name]) !== JSON.stringify(is.values[name]));
    void updates.entity(is, was === null ? null : new Set(differs));
  }
}
