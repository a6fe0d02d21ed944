/**
 * Text folded for search: lower case, no tone or accent marks, `đ` → `d`, one space between words. "Hoà", "Hòa" and "hoa"
 * give the same, so the place of the tone mark does not matter.
 */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** Whether every word of `query` begins a word of `text`, or the whole query occurs in it; accents do not matter. */
export function matches(text: string, query: string): boolean {
  const needle = fold(query);
  if (needle === "") return true;
  const hay = fold(text);
  if (hay.includes(needle)) return true;
  const words = hay.split(/[^a-z0-9]+/);
  return needle.split(" ").every((part) => words.some((word) => word.startsWith(part)));
}

/** 0 exact accents from the start, 1 exact accents inside, 2 folded from the start, 3 folded inside; Infinity: no match. */
export function matchRank(text: string, query: string): number {
  const plain = query.normalize("NFC").trim().toLowerCase();
  const lower = text.normalize("NFC").toLowerCase();
  if (lower.startsWith(plain)) return 0;
  if (lower.includes(plain)) return 1;
  const folded = fold(text);
  const needle = fold(query);
  if (folded.startsWith(needle)) return 2;
  return matches(text, query) ? 3 : Number.POSITIVE_INFINITY;
}
