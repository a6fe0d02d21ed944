import type { Point } from "./peer.ts";
import type { Workload } from "./workload.ts";

/** A batch as lines of InfluxDB's line protocol with times in ms. */
export function linesOf(workload: Workload, batch: readonly Point[]): string {
  return batch
    .map(({ series, time, value }) => {
      return `w1,station=${workload.station(series)},property=${workload.property(series)} value=${value} ${time}`;
    })
    .join("\n");
}
