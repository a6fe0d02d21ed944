import { expect, it } from "vitest";
import { fieldsOf } from "./schema-fields.ts";

it("asks simply for what is simple, and for JSON where it is not", () => {
  const schema = {
    type: "object",
    properties: {
      optional: { type: "boolean", default: false },
      span: { type: "string", description: "Length" },
      count: { type: "integer" },
      share: { type: "number" },
      as: { enum: ["a", "b"] },
      only: { const: "x" },
      measures: { type: "array", items: { type: "string" } },
      edges: { type: "array", items: { type: "number" } },
      name: { $ref: "#/$defs/text" },
      cases: { type: "array", items: { type: "object" } },
      either: { anyOf: [{ type: "string" }, { type: "number" }] },
    },
    required: ["optional", "span", "as"],
    $defs: { text: { type: "object", properties: { vi: { type: "string" }, en: { type: "string" } } } },
  };
  const fields = fieldsOf(schema);
  expect(fields.slice(0, 2).map((field) => field.key)).toEqual(["span", "as"]);
  expect(Object.fromEntries(fields.map((field) => [field.key, field.kind.type]))).toEqual({
    optional: "boolean",
    span: "text",
    count: "number",
    share: "number",
    as: "choice",
    only: "choice",
    measures: "texts",
    edges: "numbers",
    name: "localized",
    cases: "json",
    either: "json",
  });
  expect(fields.find((field) => field.key === "optional")).toMatchObject({ required: false, standard: false });
  expect(fields[0]!.description).toBe("Length");
  expect(fieldsOf({})).toEqual([]);
});
