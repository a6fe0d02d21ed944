import { z } from "zod";
import { severities } from "./severity.ts";

/** A text in both interface languages. Both are always present. */
export const localizedText = z.object({ vi: z.string().min(1), en: z.string().min(1) });
export type LocalizedText = z.infer<typeof localizedText>;

export const lang = z.enum(["vi", "en"]);
export type Lang = z.infer<typeof lang>;

/** An instant on the wire: ISO 8601 with offset, for example `2026-10-22T02:00:24Z`. */
export const isoTime = z.iso.datetime({ offset: true });

/** Id made of lower-case ASCII words joined by hyphens. */
export const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "must be lower-case words joined by hyphens");

/** RFC 9457 problem document; `errors` says where and what would be right. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  instance: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;

/** Every list answers this envelope. `next` is an address that continues the list. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), total: z.int(), next: z.string().optional() });
}
export interface List<T> {
  items: T[];
  total: number;
  next?: string | undefined;
}

/** Query parameters shared by every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
  offset: z.coerce.number().int().min(0).default(0),
});

export const severity = z.enum(severities);
