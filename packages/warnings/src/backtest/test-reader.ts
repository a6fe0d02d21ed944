import type { QualifiedObservation, RawRows } from "@ioc/observations";
import type { BacktestOptions } from "./backtest.ts";

/** Readings as a reader for tests; answers as the store does: by datastream, then time, bounds (from, to]. */
export function readerOf(stored: readonly QualifiedObservation[]): BacktestOptions["reader"] {
  const byStream = Map.groupBy(
    stored.toSorted((a, b) => a.phenomenonTime - b.phenomenonTime),
    ({ datastream }) => datastream,
  );
  return {
    raw: ({ datastreams, from, to, validOnly = true }) => {
      const rows: RawRows = { datastream: [], time: [], result: [], quality: [] };
      for (const id of datastreams) {
        for (const { datastream, phenomenonTime, result, quality } of byStream.get(id) ?? []) {
          if (phenomenonTime <= from || phenomenonTime > to || (validOnly && quality > 2)) continue;
          rows.datastream.push(datastream);
          rows.time.push(phenomenonTime);
          rows.result.push(result);
          rows.quality.push(quality);
        }
      }
      return Promise.resolve(rows);
    },
  };
}
