import type { ObservationReader, RollupQuery, RollupRows } from "@ioc/observations";

const hourMs = 3_600_000;
/** Rows that are read at once, about. */
const pieceMs = 24 * hourMs;

/**
 * A reader that knows no rollups: what asks for buckets gets them from the single readings, as a program would that keeps nothing
 * else. For comparison only.
 */
export function withoutRollups(reader: ObservationReader): ObservationReader {
  return { ...reader, rollups: (query) => bucketsOf(reader, query) };
}

async function bucketsOf(reader: ObservationReader, query: RollupQuery): Promise<RollupRows> {
  const wanted = { "1min": 60_000, "15min": 900_000, "1h": hourMs, "1d": 24 * hourMs }[query.width];
  const offset = query.width === "1d" ? 7 * hourMs : 0;
  const endOf = (time: number) => Math.ceil((time + offset) / wanted) * wanted - offset;
  const buckets = new Map<string, { count: number; sum: number; min: number; max: number; last: number }>();
  const from = Math.floor((query.from + offset) / wanted) * wanted - offset;
  for (let start = from; start < query.to; start += pieceMs) {
    const rows = await reader.raw({
      datastreams: query.datastreams,
      from: start,
      to: Math.min(query.to, start + pieceMs),
    });
    rows.time.forEach((time, i) => {
      const value = rows.result[i] ?? null;
      if (value === null) return;
      const key = `${rows.datastream[i]} ${endOf(time)}`;
      const known = buckets.get(key);
      if (!known) buckets.set(key, { count: 1, sum: value, min: value, max: value, last: value });
      else {
        known.count += 1;
        known.sum += value;
        known.min = Math.min(known.min, value);
        known.max = Math.max(known.max, value);
        known.last = value;
      }
    });
  }
  const all = [...buckets].map(([key, bucket]) => ({ ...bucket, key: key.split(" ") }));
  all.sort((a, b) =>
    a.key[0] === b.key[0] ? Number(a.key[1]) - Number(b.key[1]) : String(a.key[0]) < String(b.key[0]) ? -1 : 1,
  );
  return {
    datastream: all.map(({ key }) => key[0] ?? ""),
    time: all.map(({ key }) => Number(key[1])),
    count: all.map(({ count }) => count),
    sum: all.map(({ sum }) => sum),
    min: all.map(({ min }) => min),
    max: all.map(({ max }) => max),
    last: all.map(({ last }) => last),
  };
}
