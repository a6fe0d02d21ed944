import type { Collection, Column } from "./collection.ts";
import { openApiType } from "./documents.ts";
import { geoJsonType } from "./items.ts";
import type { View } from "./links.ts";
import { defaultLimit, largestLimit } from "./parameters.ts";

type Json = Record<string, unknown>;

export const schemaType = "application/schema+json";

const ref = (name: string): Json => ({ $ref: `#/components/parameters/${name}` });
const common = [ref("f"), ref("lang")];

/** Description of the interface (OpenAPI 3.0.3) with every parameter of every address. */
export function openApiDocument(collections: readonly Collection[], view: View, version: string): Json {
  const paths: Json = {
    "/": get("getLandingPage", "Landing page", common, "application/json"),
    "/conformance": get("getConformance", "Conformance classes", common, "application/json"),
    "/api": get("getApi", "This description", common, openApiType),
    "/collections": get("getCollections", "Collections", common, "application/json"),
  };
  for (const collection of collections) Object.assign(paths, pathsOf(collection));
  return {
    openapi: "3.0.3",
    info: {
      title: "City IOC: OGC API - Features",
      version,
      description: "Stations with their newest values and administrative units as GeoJSON. Open to everybody to read.",
    },
    servers: [{ url: view.base }],
    paths,
    components: { parameters: sharedParameters, responses: { problem } },
  };
}

function pathsOf(collection: Collection): Json {
  const { id, title, columns } = collection;
  const filters = columns.map((column) => ({
    name: column.name,
    in: "query",
    description: `${column.title.en}. Only features with exactly this value.`,
    required: false,
    schema: typeOf(column),
  }));
  const operation = id.replaceAll("-", "_");
  const fid = {
    name: "featureId",
    in: "path",
    required: true,
    description: "Id of the feature",
    schema: { type: "string" },
  };
  const feature = featureSchema(columns);
  const many = {
    type: "object",
    properties: {
      type: { type: "string", enum: ["FeatureCollection"] },
      numberMatched: { type: "integer" },
      numberReturned: { type: "integer" },
      timeStamp: { type: "string", format: "date-time" },
      features: { type: "array", items: feature },
    },
  };
  const own = ["limit", "offset", "bbox", "datetime"].map(ref);
  return {
    [`/collections/${id}`]: get(`describe_${operation}`, title.en, common, "application/json"),
    [`/collections/${id}/schema`]: get(`get_${operation}_schema`, `Schema of ${title.en}`, common, schemaType),
    [`/collections/${id}/items`]: get(
      `get_${operation}`,
      `Features of ${title.en}`,
      [...common, ...own, ...filters],
      geoJsonType,
      many,
    ),
    [`/collections/${id}/items/{featureId}`]: get(
      `get_${operation}_item`,
      `One feature of ${title.en}`,
      [...common, fid],
      geoJsonType,
      feature,
    ),
  };
}

function get(operationId: string, summary: string, parameters: readonly Json[], type: string, schema: Json = {}): Json {
  const content = { [type]: { schema }, "text/html": { schema: { type: "string" } } };
  return {
    get: {
      operationId,
      summary,
      parameters,
      responses: { "200": { description: summary, content }, default: { $ref: "#/components/responses/problem" } },
    },
  };
}

/** Schema of a feature (JSON Schema): clients learn from it the type of a property that is null everywhere so far. */
export function schemaDocument(collection: Collection, view: View): Json {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `${view.base}/collections/${collection.id}/schema`,
    title: collection.title[view.lang],
    description: "What is not known is null.",
    ...featureSchema(collection.columns),
  };
}

function featureSchema(columns: readonly Column[]): Json {
  const properties = columns.map((column) => [column.name, { ...typeOf(column), description: describe(column) }]);
  return {
    type: "object",
    properties: {
      type: { type: "string", enum: ["Feature"] },
      id: { type: "string" },
      geometry: { type: "object" },
      properties: { type: "object", properties: Object.fromEntries(properties) as Json },
    },
  };
}

function typeOf({ type, isTime }: Column): Json {
  return isTime ? { type, format: "date-time" } : { type };
}

function describe({ title, note, unit }: Column): string {
  const codes = note ? ` [${note.en}]` : "";
  return `${title.en} / ${title.vi}${unit === undefined ? "" : ` (${unit})`}${codes}`;
}

const problem = {
  description: "A problem document (RFC 9457) that says what is wrong and what would be right",
  content: { "application/problem+json": { schema: { type: "object" } } },
};

const sharedParameters: Json = {
  f: query("f", "Form of the answer; else the Accept header decides", { type: "string", enum: ["json", "html"] }),
  lang: query("lang", "Language of texts; else the Accept-Language header decides", {
    type: "string",
    enum: ["vi", "en"],
  }),
  limit: query("limit", "Features of a page; a larger number is taken as the largest", {
    type: "integer",
    minimum: 1,
    maximum: largestLimit,
    default: defaultLimit,
  }),
  offset: query("offset", "Features to leave out from the beginning", { type: "integer", minimum: 0, default: 0 }),
  bbox: {
    ...query("bbox", "west,south,east,north in degrees, or with heights; west of more than east crosses 180 degrees", {
      type: "array",
      oneOf: [
        { minItems: 4, maxItems: 4 },
        { minItems: 6, maxItems: 6 },
      ],
      items: { type: "number" },
    }),
    style: "form",
    explode: false,
  },
  datetime: query("datetime", "A time, a day, or an interval a/b that may be open (a/.., ../b)", { type: "string" }),
};

function query(name: string, description: string, schema: Json): Json {
  return { name, in: "query", description, required: false, schema };
}
