export { datastreamSpecs, networkOf } from "./network.ts";
export type { PackDatastream } from "./network.ts";
export type { CityPack, FeatureCollection, PackProblem } from "./pack.ts";
export { readPack } from "./read-pack.ts";
