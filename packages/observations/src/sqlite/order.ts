/** Below this many readings a plain sort is quicker than counting through all series. */
const SMALL = 512;

/**
 * Indexes of the readings ordered by (series, time), equal keys in their order of arrival: rows that lie together in the
 * file are then written together. Counting sort by series, then a sort by time only where a series is not in order.
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
  const starts = new Uint32Array(highest + 2);
  for (let i = 0; i < count; i++) starts[series[i]! + 1]!++;
  for (let s = 1; s < starts.length; s++) starts[s]! += starts[s - 1]!;
  const next = starts.slice();
  for (let i = 0; i < count; i++) order[next[series[i]!]!++] = i;
  for (let s = 0; s <= highest; s++) sortByTime(order.subarray(starts[s], starts[s + 1]), time);
  return order;
}

function sortByTime(order: Uint32Array, time: Float64Array): void {
  for (let i = 1; i < order.length; i++) {
    if (time[order[i]!]! < time[order[i - 1]!]!) {
      order.sort((a, b) => time[a]! - time[b]!);
      return;
    }
  }
}
