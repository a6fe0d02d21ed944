import { isLink } from "../expression.ts";

/** An entity as it is answered: its properties, `@iot.…` annotations, and expanded links. */
export type EntityJson = Readonly<Record<string, unknown>>;

/** Annotations (self links, navigation links, counts) are not data. */
export function isAnnotation(name: string): boolean {
  return name.includes("@iot.") && name !== "@iot.id";
}

export function isObject(value: unknown): value is EntityJson {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Expanded entities behind a link, or null for what is no expanded link. */
export function expanded(name: string, value: unknown): EntityJson | readonly EntityJson[] | null {
  if (!isLink(name)) return null;
  if (Array.isArray(value)) return value.filter(isObject);
  return isObject(value) ? value : null;
}
