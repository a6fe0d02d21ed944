import { Router, type NextFunction, type Request, type RequestHandler, type Response } from "express";
import type { CityPack } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";
import { createUnitConversion, type DatastreamSpec, type ObservationReader } from "@ioc/observations";
import { limitRate, openToReaders } from "../api/gate.ts";
import type { KeyCheck } from "../api/keys.ts";
import type { RateLimit } from "../api/rate-limit.ts";
import type { CityClock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import type { Intake } from "../intake.ts";
import { setRoute } from "../metrics/http.ts";
import type { StationBoard } from "../stations/board.ts";
import { contextDocument } from "./context.ts";
import { checkNames, namesOf, readEntityQuery, readOptions } from "./parameters.ts";
import { ngsiErrors, problemOf } from "./problems.ts";
import { inForm, only, queryEntities } from "./read.ts";
import { entityBody, featureOf, shownEntities, type EntityBody, type ShownEntity } from "./represent.ts";
import { createStationNames } from "./station-names.ts";
import { readTemporalQuery, temporalEntity } from "./temporal.ts";
import { createWriting } from "./write.ts";

interface NgsiServices {
  config: Pick<Config, "publicUrl">;
  pack: Pick<CityPack, "ngsiLd">;
  network: Network;
  specs: readonly DatastreamSpec[];
  board: StationBoard;
  intake: Intake;
  reader: ObservationReader;
  keys: KeyCheck;
  rateLimit: RateLimit;
  clock: CityClock;
}

const contextPath = "/ngsi-ld/v1/context.jsonld";

/**
 * NGSI-LD (ETSI GS CIM 009): stations as entities. Reading is open; what is written are readings and needs a key. To be mounted
 * at `/ngsi-ld/v1`.
 */
export function ngsiApi(services: NgsiServices): RequestHandler {
  const { pack, network, board, reader, keys, rateLimit, clock, config } = services;
  const mapping = pack.ngsiLd;
  const names = createStationNames(network, mapping);
  const writing = createWriting({ ...services, mapping, names });
  const entities = shownEntities(mapping, network, board, createUnitConversion());
  const byId = new Map(entities.map((entity) => [entity.id, entity]));
  const find = (id: string): ShownEntity => {
    const found = byId.get(id) ?? entities.find(({ station }) => station === names.byId(id));
    if (!found) throw problemOf(404, "ResourceNotFound", `There is no entity ${id.slice(0, 200)}.`);
    return found;
  };
  const router = Router({ caseSensitive: true });
  router.use((request, response, next) => {
    openToReaders(request, response);
    response.set("Access-Control-Expose-Headers", "Link, NGSILD-Results-Count, Location, Content-Range");
    if (request.method === "OPTIONS") return void response.status(204).end();
    limitRate(request, keys, rateLimit);
    next();
  });
  const on = (
    method: "get" | "post" | "patch",
    path: string,
    answer: (request: Request, response: Response) => unknown,
  ) =>
    router[method](path, async (request: Request, response: Response, next: NextFunction) => {
      try {
        setRoute(response, `${request.baseUrl}${path}`);
        await answer(request, response);
      } catch (error) {
        next(error);
      }
    });

  on("get", "/context.jsonld", (request, response) => {
    const origin = originOf(request, config.publicUrl);
    response.set("Cache-Control", "public, max-age=3600").type("application/ld+json");
    response.send(JSON.stringify(contextDocument(mapping, origin)));
  });
  on("get", "/entities", (request, response) => {
    const query = readEntityQuery(searchOf(request));
    const { page, total } = queryEntities(entities, board, query);
    if (query.count) response.set("NGSILD-Results-Count", String(total));
    linkPages(request, response, query, total);
    send(request, response, page);
  });
  on("get", "/entities/:id", (request, response) => {
    const search = searchOf(request);
    checkNames(search, ["attrs", "options", "format", "local"]);
    const wanted = namesOf(search, "attrs", ",");
    const body = entityBody(find(String(request.params["id"])), board);
    send(request, response, inForm(wanted ? only(body, wanted) : body, readOptions(search).form));
  });
  on("get", "/types", (request, response) => {
    const typeList = [...new Set(entities.map(({ type }) => type))].toSorted();
    const list = { id: "urn:ngsi-ld:EntityTypeList:city", type: "EntityTypeList", typeList };
    send(request, response, list);
  });
  on("get", "/types/:type", (request, response) => send(request, response, typeInfo(String(request.params["type"]))));
  on("get", "/temporal/entities/:id", async (request, response) => {
    const query = readTemporalQuery(searchOf(request), clock.now());
    const { body, range } = await temporalEntity(find(String(request.params["id"])), reader, query);
    if (range) response.status(206).set("Content-Range", `date-time ${range.from}-${range.to}/*`);
    send(request, response, body);
  });
  on("post", "/entities", writing.create);
  on("post", "/entityOperations/upsert", writing.upsert);
  on("post", "/entities/:id/attrs", writing.updateAttributes);
  on("patch", "/entities/:id/attrs", writing.updateAttributes);
  on("patch", "/entities/:id/attrs/:attribute", writing.updateAttributes);
  router.use((request, _response, next) => next(notThere(request)));
  router.use(ngsiErrors);
  return router;

  function typeInfo(type: string): Record<string, unknown> {
    const own = entities.filter((entity) => entity.type === type);
    const names = new Set(own.flatMap(({ attributes }) => attributes.map(({ name }) => name)));
    if (own.length === 0)
      throw problemOf(404, "ResourceNotFound", `There are no entities of type ${type.slice(0, 100)}.`);
    const details = [...names].map((name) => {
      return { id: name, type: "Attribute", attributeName: name, attributeTypes: ["Property"] };
    });
    return {
      id: type,
      type: "EntityTypeInformation",
      typeName: type,
      entityCount: own.length,
      attributeDetails: details,
    };
  }

  /** As JSON-LD with its context, as GeoJSON, or as plain JSON whose context is a link (ETSI GS CIM 009, 6.3.5 and 6.3.15). */
  function send(request: Request, response: Response, body: EntityBody | EntityBody[] | Record<string, unknown>): void {
    const context = `${originOf(request, config.publicUrl)}${contextPath}`;
    const type = request.accepts(["application/json", "application/ld+json", "application/geo+json"]);
    if (!type)
      throw problemOf(406, "InvalidRequest", "Accept application/json, application/ld+json or application/geo+json.");
    response.set({ "Cache-Control": "no-cache", Vary: "Accept" });
    if (type === "application/ld+json") {
      const answer = Array.isArray(body)
        ? body.map((one) => ({ ...one, "@context": context }))
        : { ...body, "@context": context };
      return void response.type(type).send(JSON.stringify(answer));
    }
    response.append("Link", `<${context}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`);
    response.type(type).send(JSON.stringify(type === "application/geo+json" ? geoJsonOf(body) : body));
  }
}

function geoJsonOf(body: EntityBody | EntityBody[] | Record<string, unknown>): Record<string, unknown> {
  if (Array.isArray(body)) return { type: "FeatureCollection", features: body.map(featureOf) };
  return featureOf(body as EntityBody);
}

/** Links to the pages before and after (6.3.10). */
function linkPages(
  request: Request,
  response: Response,
  query: { limit: number; offset: number },
  total: number,
): void {
  const link = (offset: number, rel: string) => {
    const search = searchOf(request);
    search.set("offset", String(offset));
    search.set("limit", String(query.limit));
    response.append("Link", `<${request.baseUrl}/entities?${search.toString()}>; rel="${rel}"`);
  };
  if (query.limit === 0) return;
  if (query.offset + query.limit < total) link(query.offset + query.limit, "next");
  if (query.offset > 0) link(Math.max(0, query.offset - query.limit), "prev");
}

/** What the standard has and this server has not, told as such; anything else is not there. */
function notThere(request: Request) {
  const { method, path } = request;
  const part = path.split("/")[1] ?? "";
  const why: Readonly<Record<string, string>> = {
    subscriptions: "subscriptions are not supported; read the city's live topics, or ask for `dateObserved` again",
    csourceRegistrations: "registrations of other context sources are not supported",
    csourceSubscriptions: "registrations of other context sources are not supported",
    entityOperations: "of the batch operations only upsert is supported",
    temporal: "of the temporal operations only GET /temporal/entities/{id} is supported",
    jsonldContexts: "contexts are not stored; the server's own is /ngsi-ld/v1/context.jsonld",
    attributes: "ask /types/{type} for the attributes of a type",
    entities: `${method} is not supported: stations come from the city pack, and readings are removed with POST /api/v1/observations/removals`,
  };
  if (Object.hasOwn(why, part)) return problemOf(501, "OperationNotSupported", `${why[part]}.`);
  return problemOf(404, "ResourceNotFound", `There is nothing at ${request.originalUrl.slice(0, 200)}.`);
}

function searchOf(request: Request): URLSearchParams {
  return new URLSearchParams(request.url.split(/\?(.*)/s)[1] ?? "");
}

function originOf(request: Request, publicUrl: string): string {
  return publicUrl || `${request.protocol}://${request.get("host") ?? "localhost"}`;
}
