export { judge } from "./judge.ts";
export { play, playDrill } from "./play.ts";
export type { DrillOptions, Played } from "./play.ts";
