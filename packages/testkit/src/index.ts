export { m4Horizon, readM4Hourly } from "./m4.ts";
export type { M4Case } from "./m4.ts";
export { freePort, Program, until } from "./program.ts";
export type { ProgramOptions } from "./program.ts";
export { seededRandom } from "./random.ts";
export { root } from "./root.ts";
export { parseSeries } from "./series.ts";
export { requireSharedData, sharedData } from "./shared-data.ts";
export { temporaryFolder } from "./temporary-folder.ts";
