import type { QualifiedObservation } from "../port.ts";
import type { ObservationColumns } from "./messages.ts";

/** Growing columns that readings are packed into while they wait for their transaction. */
export class ColumnBuffer {
  length = 0;
  #columns = allocate(256);

  /** Makes room for `more` readings. */
  reserve(more: number): void {
    const needed = this.length + more;
    const capacity = this.#columns.series.length;
    if (needed <= capacity) return;
    const grown = allocate(Math.max(needed, capacity * 2));
    for (const key of COLUMN_NAMES) grown[key].set(this.#columns[key].subarray(0, this.length));
    this.#columns = grown;
  }

  push(series: number, observation: QualifiedObservation, reasons: number): void {
    const at = this.length++;
    const columns = this.#columns;
    columns.series[at] = series;
    columns.time[at] = observation.phenomenonTime;
    columns.delay[at] = observation.resultTime - observation.phenomenonTime;
    columns.value[at] = observation.result ?? NaN;
    columns.quality[at] = observation.quality;
    columns.reasons[at] = reasons;
  }

  /** The columns at their length. The buffer must not be used afterwards: the memory moves to another thread. */
  take(): ObservationColumns {
    const { series, time, delay, value, quality, reasons } = this.#columns;
    const end = this.length;
    return {
      series: series.subarray(0, end),
      time: time.subarray(0, end),
      delay: delay.subarray(0, end),
      value: value.subarray(0, end),
      quality: quality.subarray(0, end),
      reasons: reasons.subarray(0, end),
    };
  }
}

const COLUMN_NAMES = ["series", "time", "delay", "value", "quality", "reasons"] as const;

function allocate(capacity: number): ObservationColumns {
  return {
    series: new Int32Array(capacity),
    time: new Float64Array(capacity),
    delay: new Float64Array(capacity),
    value: new Float64Array(capacity),
    quality: new Uint8Array(capacity),
    reasons: new Uint16Array(capacity),
  };
}
