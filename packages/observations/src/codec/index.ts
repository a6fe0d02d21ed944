export { decodeBuckets, encodeBuckets } from "./buckets-codec.ts";
export { DamagedBlock } from "./damaged-block.ts";
export { QuantileSketch } from "./quantile-sketch.ts";
export { decodeReadings, encodeReadings } from "./readings-codec.ts";
