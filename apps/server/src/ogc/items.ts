import { meets } from "./bbox.ts";
import type { Collection, Feature } from "./collection.ts";
import { holdsIn } from "./datetime.ts";
import { hereWith, hrefOf, selfLinks, type Link, type View } from "./links.ts";
import type { ItemQuery } from "./parameters.ts";

export interface FeatureJson {
  type: "Feature";
  id: string;
  geometry: Feature["geometry"];
  properties: Feature["properties"];
  links?: Link[];
}

/** A page of features, as GeoJSON with the members of OGC API Features. */
export interface ItemPage {
  type: "FeatureCollection";
  timeStamp: string;
  numberMatched: number;
  numberReturned: number;
  links: Link[];
  features: FeatureJson[];
}

export const geoJsonType = "application/geo+json";

/** @param now city time of the answer, ms since 1970 (UTC). */
export function itemPage(collection: Collection, query: ItemQuery, view: View, now: number): ItemPage {
  const found = collection.features().filter((feature) => isWanted(feature, query));
  const page = found.slice(query.offset, query.offset + query.limit);
  return {
    type: "FeatureCollection",
    timeStamp: new Date(now).toISOString(),
    numberMatched: found.length,
    numberReturned: page.length,
    links: [...selfLinks(view, geoJsonType), ...pageLinks(query, found.length, view), collectionLink(collection, view)],
    features: page.map(featureJson),
  };
}

export function itemDocument(collection: Collection, feature: Feature, view: View): FeatureJson {
  return { ...featureJson(feature), links: [...selfLinks(view, geoJsonType), collectionLink(collection, view)] };
}

function isWanted(feature: Feature, { boxes, span, filters }: ItemQuery): boolean {
  return (
    filters.every(({ name, value }) => feature.properties[name] === value) &&
    (!boxes || meets(feature, boxes)) &&
    (!span || holdsIn(feature, span))
  );
}

function featureJson({ id, geometry, properties }: Feature): FeatureJson {
  return { type: "Feature", id, geometry, properties };
}

function pageLinks({ offset, limit }: ItemQuery, found: number, view: View): Link[] {
  const type = view.format === "html" ? "text/html" : geoJsonType;
  const links: Link[] = [];
  if (offset + limit < found) {
    const title = view.lang === "vi" ? "Trang sau" : "Next page";
    links.push({ href: hereWith(view, { offset: String(offset + limit) }), rel: "next", type, title });
  }
  if (offset > 0) {
    const title = view.lang === "vi" ? "Trang trước" : "Previous page";
    links.push({ href: hereWith(view, { offset: String(Math.max(0, offset - limit)) }), rel: "prev", type, title });
  }
  return links;
}

function collectionLink(collection: Collection, view: View): Link {
  return {
    href: hrefOf(view, `/collections/${collection.id}`),
    rel: "collection",
    type: view.format === "html" ? "text/html" : "application/json",
    title: collection.title[view.lang],
  };
}
