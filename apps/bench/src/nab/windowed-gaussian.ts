const memory = 6400;
const step = 100;
/** -> 1 - Q(z) that prints as 1.0 with twelve digits, Q the upper tail of the normal distribution. */
export const gaussianAlarm = 7.13;

/**
 * The benchmark's windowed Gaussian detector: standard deviations from the mean of the last 6,400 readings, which are looked
 * at anew after every 100. It is here because its published scores, file by file, prove the scoring.
 */
export function windowedGaussian(values: readonly number[]): number[] {
  let known: number[] = [];
  let fresh: number[] = [];
  let mean = 0;
  let deviation = 1;
  return values.map((value) => {
    const strange = known.length > 0 ? Math.abs(value - mean) / deviation : 0;
    fresh.push(value);
    if (known.length >= memory && fresh.length < step) return strange;
    known = [...known, ...fresh].slice(-memory);
    fresh = [];
    mean = known.reduce((sum, each) => sum + each, 0) / known.length;
    deviation = Math.sqrt(known.reduce((sum, each) => sum + (each - mean) ** 2, 0) / known.length) || 0.000001;
    return strange;
  });
}
