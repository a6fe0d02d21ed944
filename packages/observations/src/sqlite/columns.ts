import type { QualifiedObservation } from "../port.ts";
import type { ObservationColumns } from "./messages.ts";

const FIRST_CAPACITY = 64;

/** Growing columns that readings are packed into while they wait for their transaction. */
export class ColumnBuffer {
  length = 0;
  #columns = allocate(FIRST_CAPACITY);

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

/** All columns in one piece of memory: moving one to another thread takes a sixth of the time that six take. */
function allocate(capacity: number): ObservationColumns {
  const n = Math.ceil(capacity / 8) * 8;
  const memory = new ArrayBuffer(n * (3 * 8 + 4 + 2 + 1));
  return {
    time: new Float64Array(memory, 0, n),
    delay: new Float64Array(memory, 8 * n, n),
    value: new Float64Array(memory, 16 * n, n),
    series: new Int32Array(memory, 24 * n, n),
    reasons: new Uint16Array(memory, 28 * n, n),
    quality: new Uint8Array(memory, 30 * n, n),
  };
}
