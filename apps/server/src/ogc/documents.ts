import type { LocalizedText } from "@ioc/contracts";
import type { Collection } from "./collection.ts";
import { geoJsonType } from "./items.ts";
import { hrefOf, selfLinks, type Link, type View } from "./links.ts";

export const openApiType = "application/vnd.oai.openapi+json;version=3.0";

/** What we conform to, in the version that the clients of today know. */
export const conformsTo = ["core", "oas30", "geojson"].map(
  (name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`,
);

/** Longitude and latitude, WGS 84: the coordinate system of everything here. */
export const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

export interface LandingDocument {
  title: string;
  description: string;
  attribution: string;
  links: Link[];
}

export function landingDocument(city: LocalizedText, attribution: LocalizedText, view: View): LandingDocument {
  const vi = view.lang === "vi";
  const link = (path: string, rel: string, title: string, type = "application/json"): Link => ({
    href: hrefOf(view, path),
    rel,
    type: view.format === "html" ? "text/html" : type,
    title,
  });
  return {
    title: vi ? `${city.vi}: dữ liệu địa lý mở` : `${city.en}: open geographic data`,
    description: vi
      ? "Trạm quan trắc với giá trị mới nhất và đơn vị hành chính của thành phố, theo OGC API – Features."
      : "Stations of the city with their newest values, and its administrative units, as OGC API – Features.",
    attribution: attribution[view.lang],
    links: [
      ...selfLinks(view, "application/json"),
      link("/collections", "data", vi ? "Các tập dữ liệu" : "Collections"),
      link("/api", "service-desc", vi ? "Mô tả giao diện (OpenAPI 3.0)" : "Description (OpenAPI 3.0)", openApiType),
      {
        href: hrefOf(view, "/api", { f: "html" }),
        rel: "service-doc",
        type: "text/html",
        title: vi ? "Tài liệu giao diện" : "Documentation",
      },
      link("/conformance", "conformance", vi ? "Các lớp tuân thủ" : "Conformance classes"),
    ],
  };
}

export interface CollectionDocument {
  id: string;
  title: string;
  description: string;
  itemType: "feature";
  crs: string[];
  extent?: {
    spatial?: { bbox: (readonly number[])[]; crs: string };
    temporal?: { interval: (readonly (string | null)[])[] };
  };
  links: Link[];
}

/** @param inList whether it stands in the list of collections, where `self` is its own address. */
export function collectionDocument(collection: Collection, view: View, inList: boolean): CollectionDocument {
  const { id, box, interval } = collection;
  const path = `/collections/${id}`;
  const here: View = { ...view, path };
  const items = view.lang === "vi" ? "Các đối tượng" : "Features";
  const extent = {
    ...(box ? { spatial: { bbox: [box], crs: crs84 } } : {}),
    ...(interval ? { temporal: { interval: [interval] } } : {}),
  };
  return {
    id,
    title: collection.title[view.lang],
    description: collection.description[view.lang],
    itemType: "feature",
    crs: [crs84],
    ...(box || interval ? { extent } : {}),
    links: [
      ...(inList
        ? selfLinks({ ...here, search: formOnly(view) }, "application/json")
        : selfLinks(here, "application/json")),
      {
        href: hrefOf(view, `${path}/items`, { f: "json" }),
        rel: "items",
        type: geoJsonType,
        title: `${items} (GeoJSON)`,
      },
      { href: hrefOf(view, `${path}/items`, { f: "html" }), rel: "items", type: "text/html", title: `${items} (HTML)` },
      {
        // GDAL knows this relation with a capital B only; relations are compared without case (RFC 8288, 2.1.1).
        rel: "describedBy",
        href: `${view.base}${path}/schema`,
        type: "application/schema+json",
        title: view.lang === "vi" ? "Lược đồ" : "Schema",
      },
    ],
  };
}

function formOnly(view: View): URLSearchParams {
  return new URLSearchParams([...view.search].filter(([name]) => name === "f" || name === "lang"));
}

export function collectionsDocument(
  collections: readonly Collection[],
  view: View,
): { links: Link[]; collections: CollectionDocument[] } {
  return {
    links: selfLinks(view, "application/json"),
    collections: collections.map((collection) => collectionDocument(collection, view, true)),
  };
}
