/**
 * Quantiles of `values[0..length)` by linear interpolation between order statistics at 1 + (n - 1) q (Hyndman & Fan 1996, type
 * 7), like `percentileOf` of the statistics. Changes the order of the values. NaN when there are none.
 * @param shares 0 to 1, in rising order
 */
export function quantilesOf(values: Float64Array, length: number, shares: readonly number[]): number[] {
  let left = 0;
  return shares.map((share) => {
    if (length === 0) return NaN;
    const position = (length - 1) * Math.min(1, Math.max(0, share));
    const below = Math.floor(position);
    select(values, left, length - 1, below);
    left = below;
    const low = values[below]!;
    if (position === below) return low;
    let next = Infinity;
    for (let i = below + 1; i < length; i++) if (values[i]! < next) next = values[i]!;
    return low + (next - low) * (position - below);
  });
}

/** Ranges longer than this take their pivot from a sample. */
const sampledLength = 1000;
const sample = new Float64Array(127);

/**
 * Puts the k-th smallest of values[left..right] at place k, smaller or equal ones before and greater or equal ones behind it
 * (C. A. R. Hoare, "Algorithm 65: Find", 1961, with pivots near the k-th of a sample as R. W. Floyd and R. L. Rivest proposed
 * in "Expected time bounds for selection", 1975). Sorts what is left when it does not shrink quickly, so that no order of the
 * values makes it slow.
 */
function select(values: Float64Array, left: number, right: number, k: number): void {
  let rounds = 2 * Math.ceil(Math.log2(right - left + 2)) + 8;
  while (left < right) {
    if (rounds-- === 0) {
      values.subarray(left, right + 1).sort();
      return;
    }
    const pivot = pivotOf(values, left, right, k);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}

function pivotOf(values: Float64Array, left: number, right: number, k: number): number {
  const length = right - left + 1;
  if (length <= sampledLength) return medianOfThree(values[left]!, values[(left + right) >>> 1]!, values[right]!);
  const step = length / sample.length;
  for (let i = 0; i < sample.length; i++) sample[i] = values[left + Math.floor(i * step)]!;
  sample.sort();
  return sample[Math.floor(((k - left) / length) * sample.length)]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
