/** Operators, parameters and tables that other engines use as well, so that nothing is written twice. */
export { medianOf } from "./operators/aggregate.ts";
export { scheduleOf, schedulePattern } from "./operators/schedule.ts";
export { highestTide, tideLevel } from "./operators/tide.ts";
export { distanceKm } from "./operators/space.ts";
export { matchEvents, skillScores } from "./operators/verification.ts";
export type { HappenedEvent, RaisedAlert, SkillScores, Verified } from "./operators/verification.ts";
export { approachOf } from "./operators/storm-approach.ts";
export type { Approach, TrackPoint } from "./operators/storm-approach.ts";
export { pollutants, vnAqiHour } from "./operators/vn-aqi.ts";
export { attributeOf, duration, numberProblems, propertyOf, tableProblems } from "./steps/parameters.ts";
export { aqiTableOf, numberOf, tableOf } from "./tables.ts";
export { sameUnit } from "./view.ts";
