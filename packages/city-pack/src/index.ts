export { setBoundaries } from "./boundaries.ts";
export type { BoundaryOptions, BoundaryReport } from "./boundaries.ts";
export type { DeviceCheck } from "./check-devices.ts";
export type { Device, DeviceField } from "./device.ts";
export { datastreamSpecs, isSeenBy, networkOf } from "./network.ts";
export type { PackDatastream } from "./network.ts";
export type { CityPack, FeatureCollection, PackProblem } from "./pack.ts";
export { readPack } from "./read-pack.ts";
export type { DefinitionChecks } from "./read-pack.ts";
