/** Below this many readings a plain sort is quicker than counting through all series. */
const SMALL = 512;

/**
 * Indexes of the readings ordered by (series, time), equal keys in their order of arrival. Counting sort by series, then a
 * sort by time only where a series is not in order.
 */
export function writeOrder(series: Int32Array, time: Float64Array): Uint32Array {
  const count = series.length;
  const order = new Uint32Array(count);
  if (count < SMALL) {
    for (let i = 0; i < count; i++) order[i] = i;
    return order.sort((a, b) => series[a]! - series[b]! || time[a]! - time[b]!);
  }
  let highest = 0;
  for (let i = 0; i < count; i++) if (series[i]! > highest) highest = series[i]!;
  const next = new Uint32Array(highest + 2);
  for (let i = 0; i < count; i++) next[series[i]! + 1]!++;
  for (let s = 1; s < next.length; s++) next[s]! += next[s - 1]!;
  for (let i = 0; i < count; i++) order[next[series[i]!]!++] = i;
  sortRuns(order, series, time);
  return order;
}

/** Sorts each run of one series by time where it is not in order. */
function sortRuns(order: Uint32Array, series: Int32Array, time: Float64Array): void {
  const count = order.length;
  let from = 0;
  let ordered = true;
  for (let k = 1; k <= count; k++) {
    if (k < count && series[order[k]!] === series[order[k - 1]!]) {
      if (time[order[k]!]! < time[order[k - 1]!]!) ordered = false;
      continue;
    }
    if (!ordered) order.subarray(from, k).sort((a, b) => time[a]! - time[b]!);
    from = k;
    ordered = true;
  }
}
