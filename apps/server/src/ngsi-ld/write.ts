import type { Request, Response } from "express";
import type { DatastreamSpec } from "@ioc/observations";
import type { NgsiMapping } from "@ioc/city-pack";
import { readJson } from "../api/gate.ts";
import { requireKey, type KeyCheck } from "../api/keys.ts";
import type { Intake } from "../intake.ts";
import { isObject, readEntity, readFragment, type Entity } from "./entity.ts";
import { createPlacer, placeAttributes, type PlacedEntity } from "./place.ts";
import { detailsOf, NgsiProblem, problemOf, type ProblemDetails } from "./problems.ts";
import type { StationNames } from "./station-names.ts";
import { takeEntities, type TakenEntity } from "./take.ts";
import { sampleOf } from "../sources/sample.ts";

const mostEntities = 1000;

interface WriteServices {
  mapping: NgsiMapping;
  names: StationNames;
  specs: readonly DatastreamSpec[];
  intake: Intake;
  keys: KeyCheck;
}

/** The ways in: readings come as entities or attributes of them. Each needs a key that may write observations. */
export interface NgsiWriting {
  create(request: Request, response: Response): Promise<void>;
  upsert(request: Request, response: Response): Promise<void>;
  updateAttributes(request: Request, response: Response): Promise<void>;
}

export function createWriting(services: WriteServices): NgsiWriting {
  const { mapping, names, specs, intake, keys } = services;
  const place = createPlacer(mapping, names, specs);
  const datastreams = new Set(specs.map(({ id }) => id));
  const typeOfKind = new Map(Object.values(mapping.types).flatMap((type) => type.kinds.map((kind) => [kind, type])));
  const typeOf = (entityId: string, kind: string) => {
    const named = /^(?:urn|uri):ngsi(?:-ld)?:([^:]+):/.exec(entityId)?.[1] ?? "";
    return Object.hasOwn(mapping.types, named) ? mapping.types[named] : typeOfKind.get(kind);
  };

  const bodyOf = async (request: Request, response: Response): Promise<unknown> => {
    requireKey(request, keys, "observations:write");
    await readJson(request, response);
    return request.body as unknown;
  };

  return {
    async create(request, response) {
      const body = await bodyOf(request, response);
      const entity = readEntity(body);
      const [taken] = await takeEntities(intake, [{ placed: place(entity), sample: sampleOf(body) }]);
      if (!taken) throw problemOf(500, "InternalError", "nothing was answered");
      throwWhole(taken);
      response.location(`${request.baseUrl}/entities/${encodeURIComponent(entity.id)}`);
      response.status(taken.notUpdated.length > 0 ? 207 : 201);
      if (taken.notUpdated.length > 0) response.json({ updated: taken.updated, notUpdated: taken.notUpdated });
      else response.end();
    },

    async upsert(request, response) {
      const body = await bodyOf(request, response);
      const items = listOf(body);
      const results: { id: string; taken: TakenEntity }[] = [];
      const placed: { entity: Entity; placed: PlacedEntity; sample: string }[] = [];
      for (const [i, item] of items.entries()) {
        try {
          const entity = readEntity(item);
          placed.push({ entity, placed: place(entity), sample: sampleOf(item) });
        } catch (error) {
          if (!(error instanceof NgsiProblem)) throw error;
          results.push({ id: idOf(item, i), taken: { updated: [], notUpdated: [], problem: detailsOf(error) } });
        }
      }
      const unreadable = results.map(({ id, taken }) => {
        return { reason: "bad-item" as const, message: `${id}: ${taken.problem?.detail ?? ""}`, sample: id };
      });
      const taken = await takeEntities(intake, placed);
      if (unreadable.length > 0) await intake.quarantine("ngsi-ld", unreadable);
      for (const [i, one] of taken.entries()) results.push({ id: placed[i]!.entity.id, taken: one });
      answerBatch(response, results);
    },

    async updateAttributes(request, response) {
      const body = await bodyOf(request, response);
      const id = String(request.params["id"]);
      const station = names.byId(id);
      const type = station && typeOf(id, station.kind);
      if (!station || !type) throw problemOf(404, "ResourceNotFound", `There is no entity ${id.slice(0, 200)}.`);
      const attribute = request.params["attribute"];
      const attributes = attribute === undefined ? readFragment(body) : readFragment({ [String(attribute)]: body });
      const placed = placeAttributes(attributes, type, station, datastreams);
      const [taken] = await takeEntities(intake, [{ placed, sample: sampleOf(body) }]);
      const { updated = [], notUpdated = [] } = taken ?? {};
      if (notUpdated.length > 0) response.status(207).json({ updated, notUpdated });
      else response.status(204).end();
    },
  };
}

/** An entity of which nothing was taken is answered as an error. */
function throwWhole({ problem, updated, notUpdated }: TakenEntity): void {
  if (problem)
    throw new NgsiProblem(
      problem.status,
      problem.status === 404 ? "ResourceNotFound" : "OperationNotSupported",
      problem.detail,
    );
  if (updated.length > 0 || notUpdated.length === 0) return;
  const why = notUpdated.map(({ reason }) => reason).join("; ");
  throw problemOf(400, "BadRequestData", `nothing of the entity could be taken: ${why.slice(0, 1000)}`);
}

/** A list of entities, also as the `features` of a GeoJSON collection. */
function listOf(body: unknown): readonly unknown[] {
  const items = isObject(body) && Array.isArray(body["features"]) ? (body["features"] as unknown[]) : body;
  if (!Array.isArray(items) || items.length === 0) {
    throw problemOf(400, "BadRequestData", "the body must be a list of at least one entity");
  }
  if (items.length > mostEntities) {
    throw problemOf(400, "BadRequestData", `a batch may have at most ${mostEntities} entities, not ${items.length}`);
  }
  return items;
}

function idOf(item: unknown, index: number): string {
  const id = isObject(item) ? item["id"] : undefined;
  return typeof id === "string" ? id.slice(0, 200) : `[${index}]`;
}

/** 204 when everything was taken; 207 with what was not, entity by entity (BatchOperationResult, 5.2.16). */
function answerBatch(response: Response, results: readonly { id: string; taken: TakenEntity }[]): void {
  const errors: { entityId: string; error: ProblemDetails }[] = [];
  const success: string[] = [];
  for (const { id, taken } of results) {
    const { problem, updated, notUpdated } = taken;
    if (!problem && (updated.length > 0 || notUpdated.length === 0)) success.push(id);
    const reasons = notUpdated.map(({ reason }) => reason).join("; ");
    if (problem) errors.push({ entityId: id, error: problem });
    else if (reasons)
      errors.push({ entityId: id, error: detailsOf(problemOf(400, "BadRequestData", reasons.slice(0, 2000))) });
  }
  if (errors.length === 0) response.status(204).end();
  else response.status(207).json({ success, errors });
}
