import type { z } from "zod";

export type Method = "get" | "post" | "put" | "delete";

/** Description of one route of the REST API: handlers, the OpenAPI file and clients are made from it. */
export interface Endpoint<
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: Method;
  /** Path below `/api/v1` in OpenAPI form, for example `/stations/{id}`. */
  path: string;
  summary: string;
  tag: string;
  query?: Q;
  body?: B;
  response: R;
  /** Status of success; 200 unless given. */
  status?: number;
  /** Media type of the answer when it is not JSON. */
  produces?: string;
  /** An API key, or a signed-in person, that may do this is required. */
  key?: boolean;
  /** It is about the session of a person: `needed`, or `made` by it. */
  session?: "needed" | "made";
}

export function endpoint<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  definition: Endpoint<Q, B, R>,
): Endpoint<Q, B, R> {
  return definition;
}
