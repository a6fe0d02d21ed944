import type { NextFunction, Request, RequestHandler, Response } from "express";
import type { CityPack } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";
import { limitRate, openToReaders } from "../api/gate.ts";
import type { KeyCheck } from "../api/keys.ts";
import { notFound, ProblemError } from "../api/problem.ts";
import type { RateLimit } from "../api/rate-limit.ts";
import type { CityClock } from "../clock.ts";
import type { Config } from "../config/config.ts";
import { setRoute } from "../metrics/http.ts";
import type { StationBoard } from "../stations/board.ts";
import { version } from "../version.ts";
import { areaCollection } from "./area-collection.ts";
import type { Collection } from "./collection.ts";
import { collectionDocument, collectionsDocument, conformsTo, landingDocument, openApiType } from "./documents.ts";
import * as html from "./html.ts";
import { geoJsonType, itemDocument, itemPage } from "./items.ts";
import { viewOf, type View } from "./links.ts";
import { openApiDocument, schemaDocument, schemaType } from "./openapi.ts";
import { checkParameters, commonParameters, readItemQuery } from "./parameters.ts";
import { stationCollections } from "./station-collections.ts";

interface FeaturesServices {
  config: Pick<Config, "publicUrl">;
  pack: CityPack;
  network: Network;
  board: StationBoard;
  keys: KeyCheck;
  rateLimit: RateLimit;
  clock: CityClock;
}

/** An answer in both forms; the page is only made when it is asked for. */
interface Answer {
  body: unknown;
  type: string;
  page: () => string;
}

/**
 * OGC API - Features, part 1 (OGC 17-069r4): landing page, conformance, description, collections and their features. To be
 * mounted at its own path; reading is open.
 */
export function featuresApi(services: FeaturesServices): RequestHandler {
  const { pack, network, board, keys, rateLimit, config, clock } = services;
  const collections = [...stationCollections(network, board), areaCollection(pack, network)];
  const answerTo = createAnswers(services, collections);
  return (request: Request, response: Response, next: NextFunction) => {
    try {
      openToReaders(request, response);
      if (request.method === "OPTIONS") return void response.status(204).end();
      limitRate(request, keys, rateLimit);
      if (request.method !== "GET" && request.method !== "HEAD") {
        const headers = { Allow: "GET, HEAD, OPTIONS" };
        throw new ProblemError(405, "method-not-allowed", "These addresses answer GET.", { headers });
      }
      const search = new URLSearchParams(request.url.split(/\?(.*)/s)[1] ?? "");
      const view = viewOf(request, search, { publicUrl: config.publicUrl, timezone: pack.timezone });
      const answer = answerTo(view, request, response, clock.now());
      response.set({ "Cache-Control": "no-cache", Vary: "Accept, Accept-Language", "Content-Language": view.lang });
      if (view.format === "html") response.type("html").send(answer.page());
      else response.set("Content-Type", answer.type).send(Buffer.from(JSON.stringify(answer.body)));
    } catch (error) {
      next(error);
    }
  };
}

type Answers = (view: View, request: Request, response: Response, now: number) => Answer;

function createAnswers({ pack }: FeaturesServices, collections: readonly Collection[]): Answers {
  const byId = new Map(collections.map((collection) => [collection.id, collection]));
  return (view, request, response, now) => {
    const [first = "", id = "", items = "", fid = "", ...more] = partsOf(view.path);
    const missing = notFound(`There is nothing at ${request.originalUrl.slice(0, 200)}.`);
    if (more.length > 0) throw missing;
    setRoute(response, routeOf(request.baseUrl, first, id, items, fid));
    if (first === "collections" && id !== "") {
      const collection = byId.get(id);
      if (!collection) throw notFound(`There is no collection ${id.slice(0, 60)}.`);
      if (items === "") return ofCollection(collection, view);
      if (items === "schema" && fid === "") return ofSchema(collection, view);
      if (items !== "items") throw missing;
      return fid === "" ? ofItems(collection, view, now) : ofItem(collection, fid, view);
    }
    if (id !== "") throw missing;
    checkParameters(view.search, commonParameters);
    if (first === "") {
      const body = landingDocument(pack.name, pack.attribution, view);
      return { body, type: "application/json", page: () => html.landingPage(body, view) };
    }
    if (first === "conformance") {
      return { body: { conformsTo }, type: "application/json", page: () => html.conformancePage(conformsTo, view) };
    }
    if (first === "api") {
      const body = openApiDocument(collections, view, version);
      return { body, type: openApiType, page: () => html.apiPage(body["paths"] as Record<string, unknown>, view) };
    }
    if (first !== "collections") throw missing;
    const body = collectionsDocument(collections, view);
    return { body, type: "application/json", page: () => html.collectionsPage(body.collections, view) };
  };
}

/** @throws {ProblemError} 400 for a path that cannot be decoded. */
function partsOf(path: string): string[] {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    throw new ProblemError(400, "invalid-request", "The path is not encoded as UTF-8 with %.");
  }
}

function routeOf(base: string, first: string, id: string, items: string, fid: string): string {
  if (first === "collections" && id !== "") {
    const rest =
      items === "items" && fid !== "" ? "/items/{id}" : items === "items" || items === "schema" ? `/${items}` : "";
    return `${base}/collections/{id}${rest}`;
  }
  return ["conformance", "api", "collections"].includes(first) ? `${base}/${first}` : base;
}

function ofCollection(collection: Collection, view: View): Answer {
  checkParameters(view.search, commonParameters);
  const body = collectionDocument(collection, view, false);
  return { body, type: "application/json", page: () => html.collectionPage(collection, body, view) };
}

function ofSchema(collection: Collection, view: View): Answer {
  checkParameters(view.search, commonParameters);
  const document = collectionDocument(collection, view, false);
  const page = () => html.collectionPage(collection, document, view);
  return { body: schemaDocument(collection, view), type: schemaType, page };
}

function ofItems(collection: Collection, view: View, now: number): Answer {
  const query = readItemQuery(view.search, collection.columns);
  const body = itemPage(collection, query, view, now);
  return { body, type: geoJsonType, page: () => html.itemsPage(collection, body, query.offset, view) };
}

function ofItem(collection: Collection, fid: string, view: View): Answer {
  checkParameters(view.search, commonParameters);
  const feature = collection.features().find(({ id }) => id === fid);
  if (!feature) throw notFound(`There is no ${fid.slice(0, 60)} in ${collection.id}.`);
  const body = itemDocument(collection, feature, view);
  return { body, type: geoJsonType, page: () => html.itemPageHtml(collection, body, view) };
}
