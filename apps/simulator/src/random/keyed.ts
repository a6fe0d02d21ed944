/**
 * Random numbers by key instead of by order: the same (seed, purpose, index) gives the same number whenever it is asked
 * for. So a restart, another batch size or another order of stations changes nothing.
 */

/** 32-bit key of a purpose, for example `keyOf(seed, "rain-day")`; FNV-1a over the text, finished with murmur3's mixer. */
export function keyOf(seed: number, ...purpose: (string | number)[]): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const char of purpose.join("/")) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return mix(hash);
}

/** Uniform in [0, 1) for an integer index (its low 32 bits count). */
export function uniform(key: number, index: number): number {
  return mix(key ^ Math.imul(index | 0, 0x9e3779b1)) / 4294967296;
}

/**
 * Close to standard normal: the sum of four 16-bit uniforms, scaled to variance 1 (Irwin-Hall; |z| stays below 3.5).
 * Cheap enough for the noise of every single reading.
 */
export function gaussian(key: number, index: number): number {
  const a = mix(key ^ Math.imul(index | 0, 0x9e3779b1));
  const b = mix(a + 0x6d2b79f5);
  const sum = (a & 0xffff) + (a >>> 16) + (b & 0xffff) + (b >>> 16);
  return (sum / 65535 - 2) * 1.7320508;
}

/** A stream of uniforms for draws of unknown number, for example a gamma variate. */
export function stream(key: number, index: number): () => number {
  let count = 0;
  const base = mix(key ^ Math.imul(index | 0, 0x9e3779b1));
  return () => uniform(base, count++);
}

/** Gamma variate with the given shape and mean (Marsaglia and Tsang 2000; shapes below 1 by their boost). */
export function gamma(next: () => number, shape: number, mean: number): number {
  const boosted = shape < 1;
  const d = (boosted ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - next()) > 0.5 * x * x + d - d * v + d * Math.log(v)) continue;
    const value = d * v * (boosted ? (1 - next()) ** (1 / shape) : 1);
    return (value * mean) / shape;
  }
}

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
