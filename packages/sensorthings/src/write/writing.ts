import { entityTypes, type EntityType } from "../model/entity-types.ts";
import { invalid, notFound, SensorThingsProblem } from "../model/problem.ts";
import { parsePath } from "../paths/resource-path.ts";
import { resolvePath, type Owner, type Target } from "../paths/resolve.ts";
import { addressOf, presentEntity, presentObservation, shapeOf } from "../read/present.ts";
import { loadSpans } from "../read/world.ts";
import { noOptions } from "../query/options.ts";
import type { EntityJson } from "../query/index.ts";
import { changeObservation, deleteObservation, type RemoveReadings } from "./change-observation.ts";
import { commitDraft, type CommitParts } from "./commit.ts";
import { readDataArrays } from "./data-arrays.ts";
import type { Draft } from "./draft.ts";
import { insertEntity } from "./insert.ts";
import { readObservation } from "./new-observation.ts";
import { removeEntity } from "./remove.ts";
import { removeObservations } from "./remove-observations.ts";
import { updateEntity } from "./update.ts";

/** An entity that was created or changed. */
export interface Written {
  address: string;
  json: EntityJson;
}

/** Requests that write. `root` is the address of the service, `source` names the sender for the intake. */
export interface Writing {
  /** Which kind of thing an address is about, so that the right of the sender can be checked before anything is read. */
  concerns(path: string): "observations" | "entities";
  /** @throws {SensorThingsProblem | StoreBusy | StoreUnavailable} */
  create(path: string, body: unknown, root: string, source: string): Promise<Written>;
  /** @throws {SensorThingsProblem | StoreBusy | StoreUnavailable} */
  change(path: string, body: unknown, mode: "patch" | "put", root: string, source: string): Promise<Written>;
  /** @throws {SensorThingsProblem | StoreUnavailable} */
  remove(path: string, source: string): Promise<void>;
  /** Addresses of the created Observations, or `error: …`, in the order given. @throws {StoreBusy | StoreUnavailable} */
  createObservations(body: unknown, root: string, source: string): Promise<string[]>;
}

interface WritingParts extends CommitParts {
  removeReadings: RemoveReadings;
  draft: () => Draft;
  now: () => number;
}

export function createWriting(parts: WritingParts): Writing {
  const { world, now } = parts;
  const targetOf = (path: string): Promise<Target> => {
    const parsed = parsePath(path);
    if (parsed.tail !== null) throw invalid(parsed.tail, "cannot be written to");
    return resolvePath(world, parsed);
  };
  const changeOf = (source: string) => ({ ...parts, source });

  return {
    concerns(path) {
      const last = path.split("/").findLast((part) => part !== "") ?? "";
      return /^(?:Observations(?:\(\d+\))?|CreateObservations)$/.test(last) ? "observations" : "entities";
    },

    async create(path, body, root, source) {
      const target = await targetOf(path);
      if (target.kind !== "set") throw notASet();
      const draft = parts.draft();
      if (target.type.set === "Observations") {
        return createObservation(parts, draft, body, target.owner, root, source);
      }
      const parent = target.owner;
      const { type, id } = insertEntity(draft, target.type, body, { now: now(), parent });
      await commitDraft(parts, draft, source);
      return writtenEntity(parts, type, id, root);
    },

    async change(path, body, mode, root, source) {
      const target = await targetOf(path);
      if (target.kind === "observation") {
        const observation = await changeObservation(changeOf(source), target.observation, body, mode);
        // A corrected reading is told by the change log.
        if (observation.checked === null) parts.updates.observation(observation);
        return writtenObservation(parts, observation.id, root);
      }
      if (target.kind !== "entity") throw notOne();
      const draft = parts.draft();
      const { type, id } = updateEntity(draft, target.entity, body, mode, now());
      await commitDraft(parts, draft, source);
      return writtenEntity(parts, type, id, root);
    },

    async remove(path, source) {
      const target = await targetOf(path);
      if (target.kind === "observation") return deleteObservation(changeOf(source), target.observation);
      if (target.kind !== "entity") throw notOne();
      // Drafted first to find what stands against it, and again because time passes while Observations are removed.
      await removeObservations(parts, removeEntity(parts.draft(), target.entity), source);
      const draft = parts.draft();
      removeEntity(draft, target.entity);
      await commitDraft(parts, draft, source);
    },

    createObservations: (body, root, source) => createFromArrays(parts, body, root, source),
  };
}

function notASet(): SensorThingsProblem {
  return new SensorThingsProblem(
    "wrong-method",
    "entities are created in a set, such as /Things or /Datastreams(1)/Observations",
  );
}

function notOne(): SensorThingsProblem {
  return new SensorThingsProblem("wrong-method", "only single entities are changed and deleted, such as /Things(1)");
}

async function createObservation(
  parts: WritingParts,
  draft: Draft,
  body: unknown,
  owner: Owner | null,
  root: string,
  source: string,
): Promise<Written> {
  const isOfFeature = owner?.entity.type.set === "FeaturesOfInterest";
  const given = owner === null ? {} : isOfFeature ? { feature: owner.entity } : { stream: owner.entity };
  draft.observations.push(readObservation(draft, body, { now: parts.now(), ...given }));
  const [outcome] = await commitDraft(parts, draft, source);
  if (!outcome || "problem" in outcome) throw invalid("", outcome?.problem ?? "the Observation was not recorded");
  return writtenObservation(parts, outcome.id, root);
}

/** Rows that are read before other work gets a turn. */
const sliceLength = 2000;

async function createFromArrays(parts: WritingParts, body: unknown, root: string, source: string): Promise<string[]> {
  const draft = parts.draft();
  const answers: string[] = [];
  /** Place among the answers of each Observation that is recorded. */
  const places: number[] = [];
  for (const [index, row] of readDataArrays(draft, body).entries()) {
    if (index % sliceLength === sliceLength - 1) await new Promise<void>((done) => setImmediate(done));
    answers.push("");
    try {
      if ("problem" in row) throw row.problem;
      const { stream, path } = row;
      draft.observations.push(readObservation(draft, row.body, { now: parts.now(), path, stream }));
      places.push(index);
    } catch (error) {
      if (!(error instanceof SensorThingsProblem)) throw error;
      answers[index] = `error: ${error.message}`;
    }
  }
  const outcomes = await commitDraft(parts, draft, source);
  for (const [i, outcome] of outcomes.entries()) {
    const address =
      "id" in outcome ? addressOf(root, entityTypes.Observations, outcome.id) : `error: ${outcome.problem}`;
    answers[places[i] ?? 0] = address;
  }
  return answers;
}

async function writtenEntity(parts: WritingParts, type: EntityType, id: number, root: string): Promise<Written> {
  const entity = parts.world.entities.get(type.set, id);
  if (!entity) throw notFound(`there is no ${type.singular} with the id ${id} any more`);
  await loadSpans(parts.world, [entity], parts.now());
  const json = presentEntity(parts.world, root, entity, shapeOf(type, noOptions()));
  return { address: addressOf(root, type, id), json };
}

async function writtenObservation(parts: WritingParts, id: number, root: string): Promise<Written> {
  const observation = await parts.world.source.get(id);
  if (!observation) throw notFound(`there is no Observation with the id ${id} any more`);
  const type = entityTypes.Observations;
  const json = presentObservation(parts.world, root, observation, shapeOf(type, noOptions()));
  return { address: addressOf(root, type, id), json };
}
