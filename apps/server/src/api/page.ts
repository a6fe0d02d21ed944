import type { List } from "@ioc/contracts";

/** One page of a list that is held in full. */
export function pageOf<T>(items: readonly T[], query: { limit: number; offset: number }, url: string): List<T> {
  return pageOfPart(items.slice(query.offset, query.offset + query.limit), items.length, query, url);
}

/** One page of a list of which only this part was read. */
export function pageOfPart<T>(
  part: T[],
  total: number,
  query: { limit: number; offset: number },
  url: string,
): List<T> {
  const end = query.offset + part.length;
  if (end >= total || part.length === 0) return { items: part, total };
  const [path, search = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(search);
  parameters.set("offset", String(end));
  parameters.set("limit", String(query.limit));
  return { items: part, total, next: `${path}?${parameters}` };
}

/** Folds case, accents and đ so that "cam le" finds "Cẩm Lệ". */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase();
}
