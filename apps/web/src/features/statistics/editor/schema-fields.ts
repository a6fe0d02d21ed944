type Schema = Readonly<Record<string, unknown>>;

/** How one parameter of an operator is asked for. */
export type FieldKind =
  | { type: "text" }
  | { type: "number"; whole: boolean }
  | { type: "boolean" }
  | { type: "choice"; options: readonly string[] }
  | { type: "texts" }
  | { type: "numbers" }
  | { type: "localized" }
  | { type: "json" };

export interface SchemaField {
  key: string;
  kind: FieldKind;
  required: boolean;
  description: string;
  /** Taken when nothing is given. */
  standard: unknown;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const records = (value: unknown): [string, Schema][] =>
  isSchema(value) ? Object.entries(value).flatMap(([key, each]) => (isSchema(each) ? [[key, each]] : [])) : [];

/** Follows a reference inside the same schema (`#/$defs/x`). */
function resolved(schema: Schema, root: Schema): Schema {
  const name = typeof schema["$ref"] === "string" ? /^#\/(\$defs|definitions)\/(.+)$/.exec(schema["$ref"]) : null;
  const defs = name ? root[name[1]!] : undefined;
  const found = isSchema(defs) ? defs[name![2]!] : undefined;
  return isSchema(found) ? found : schema;
}

function isLocalized(schema: Schema): boolean {
  const keys = records(schema["properties"]).map(([key]) => key);
  return schema["type"] === "object" && keys.length === 2 && keys.includes("vi") && keys.includes("en");
}

function kindOf(given: Schema, root: Schema): FieldKind {
  const schema = resolved(given, root);
  const choices: unknown = schema["enum"] ?? (schema["const"] === undefined ? undefined : [schema["const"]]);
  if (Array.isArray(choices) && choices.every((choice) => typeof choice === "string"))
    return { type: "choice", options: choices };
  switch (schema["type"]) {
    case "string":
      return { type: "text" };
    case "number":
    case "integer":
      return { type: "number", whole: schema["type"] === "integer" };
    case "boolean":
      return { type: "boolean" };
    case "array": {
      const items = isSchema(schema["items"]) ? kindOf(schema["items"], root).type : "json";
      if (items === "text" || items === "choice") return { type: "texts" };
      return items === "number" ? { type: "numbers" } : { type: "json" };
    }
    default:
      return isLocalized(schema) ? { type: "localized" } : { type: "json" };
  }
}

/**
 * Fields of a JSON schema of an object, those that must be given first. What no simple field can hold (unions, nested objects,
 * lists of objects) is a JSON text.
 */
export function fieldsOf(schema: Schema): SchemaField[] {
  const required = new Set(Array.isArray(schema["required"]) ? (schema["required"] as unknown[]) : []);
  return records(schema["properties"])
    .map(([key, own]) => {
      const whole = resolved(own, schema);
      const description = own["description"] ?? whole["description"];
      return {
        key,
        kind: kindOf(own, schema),
        // A key with a standard value counts as required where a schema describes what comes out.
        required: required.has(key) && own["default"] === undefined,
        description: typeof description === "string" ? description : "",
        standard: own["default"],
      };
    })
    .toSorted((a, b) => Number(b.required) - Number(a.required));
}
