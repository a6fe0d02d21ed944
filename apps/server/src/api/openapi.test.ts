import { expect, test } from "vitest";
import { endpoints } from "@ioc/contracts";
import { docsPage } from "./docs.ts";
import { openApiDocument } from "./openapi.ts";

const document = JSON.parse(JSON.stringify(openApiDocument("1.2.3"))) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
interface Operation {
  operationId: string;
  parameters: { name: string; in: string; required: boolean }[];
  responses: Record<string, unknown>;
  security?: unknown;
  requestBody?: unknown;
}

test("each endpoint of the contract is one operation, with its key and its parameters", () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  expect(operations.map((one) => one.operationId).sort()).toEqual(Object.keys(endpoints).sort());
  const post = document.paths["/api/v1/observations"]?.["post"];
  expect(post).toMatchObject({
    security: [{ apiKey: [] }, { session: [], csrfToken: [] }],
    responses: { "202": {}, "401": {}, "429": {} },
  });
  const history = document.paths["/api/v1/observations"]?.["get"]?.parameters ?? [];
  expect(history.filter((one) => one.required).map((one) => one.name)).toEqual(["datastream", "from", "to"]);
  const station = document.paths["/api/v1/stations/{id}"]?.["get"]?.parameters ?? [];
  expect(station).toEqual([{ name: "id", in: "path", required: true, schema: { type: "string" } }]);
});

test("every reference leads somewhere", () => {
  const text = JSON.stringify(document);
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(references.length).toBeGreaterThan(40);
  for (const reference of references) {
    expect(reference).toMatch(/^#\/components\/schemas\//);
    const [name = "", ...rest] = reference.split("/").slice(3);
    let target: unknown = document.components.schemas[name];
    for (const part of rest) target = (target as Record<string, unknown> | undefined)?.[part];
    expect(target, reference).toBeDefined();
  }
});

test("the page for people names every address", () => {
  const page = docsPage("1.2.3");
  for (const one of Object.values(endpoints)) expect(page).toContain(`/api/v1${one.path}`);
  expect(page).not.toMatch(/<script|https?:\/\//);
});
