/**
 * Subjects of statistics and alerts that are an item of a place are written `place/item`: tickets of one category in one ward, one
 * disease in one district. Ids of places have no slash.
 */
export function subjectId(place: string, item: string): string {
  return `${place}/${item}`;
}

/** Place and item of such a subject; the item is null where the subject is a place alone. */
export function subjectParts(id: string): { place: string; item: string | null } {
  const slash = id.indexOf("/");
  return slash < 0 ? { place: id, item: null } : { place: id.slice(0, slash), item: id.slice(slash + 1) };
}
