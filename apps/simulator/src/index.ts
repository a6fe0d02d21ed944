/** The played city for programs that drive its clock themselves. */
export { playedDatasets } from "./datasets/all.ts";
export { PlayedCity } from "./datasets/city.ts";
export { DatasetSending } from "./datasets/sending.ts";
export { driversOf } from "./emission/driver.ts";
export { Faults } from "./emission/faults.ts";
export { historyBatches } from "./emission/history.ts";
export { Live } from "./emission/live.ts";
export { bodyOf } from "./emission/text.ts";
export { readScenarios } from "./scenarios/scenario.ts";
export type { DrillPlan, ScenarioPlan } from "./scenarios/scenario.ts";
export { createWorld } from "./world/world.ts";
