export { seededRandom } from "./random.ts";
export { parseSeries } from "./series.ts";
export { requireSharedData, sharedData } from "./shared-data.ts";
export { temporaryFolder } from "./temporary-folder.ts";
