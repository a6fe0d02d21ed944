/** A reading's id holds its Datastream's number above 42 bits of its phenomenonTime (ms; enough until 2109). */
export const timeSpanOfId = 2 ** 42;

/**
 * Id of a reading: `stream * 2^42 + time`, as a double. Exact below 2^53, that is for Datastreams below 2,048, and for all
 * Datastreams below 16,384 where times are whole seconds; else rounded to the nearest double, which leaves ids apart as
 * long as the readings of one Datastream are (4 ms for Datastreams below 8,192).
 */
export function readingId(stream: number, time: number): number {
  return stream * timeSpanOfId + time;
}

/**
 * Where the reading with an id can be: its stream, and the times (from, to] that give this id; null for an id that no
 * reading has.
 */
export function placeOfReading(id: number): { stream: number; from: number; to: number } | null {
  if (id < timeSpanOfId) return null;
  const stream = Math.floor(id / timeSpanOfId);
  const time = id - stream * timeSpanOfId;
  const step = 2 ** Math.max(0, Math.floor(Math.log2(id)) - 52);
  return { stream, from: time - step / 2 - 1, to: time + step / 2 };
}
