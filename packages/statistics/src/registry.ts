import type { Step } from "./step.ts";
import { vnAqiDayStep, vnAqiHourStep } from "./steps/air.ts";
import { arealMean } from "./steps/areal-mean.ts";
import { classify, depthHistory } from "./steps/flood.ts";
import { hours } from "./steps/hours.ts";
import { availability } from "./steps/network.ts";
import { clock, confirmed, minusAttribute, readings, sample } from "./steps/readings.ts";
import { rollUp } from "./steps/roll-up.ts";
import { stack } from "./steps/stack.ts";
import { table } from "./steps/table.ts";
import { hourWeekday, shareOfCapacity, usual, weightedSum } from "./steps/traffic.ts";
import { alarmLevels, reservoirStorage } from "./steps/water.ts";
import { dayRunningMax, windowSums, windRoseStep } from "./steps/weather.ts";
import { finding, thresholds } from "./steps/words.ts";

/** Every operator that a pipeline may name. A new one is a file below steps/ and a line here. */
const steps: readonly Step[] = [
  hours,
  readings,
  minusAttribute,
  confirmed,
  sample,
  clock,
  windowSums,
  dayRunningMax,
  windRoseStep,
  vnAqiHourStep,
  vnAqiDayStep,
  alarmLevels,
  reservoirStorage,
  depthHistory,
  classify,
  weightedSum,
  usual,
  shareOfCapacity,
  availability,
  hourWeekday,
  rollUp,
  arealMean,
  table,
  stack,
  thresholds,
  finding,
];

const byName = new Map(steps.map((step) => [step.op, step]));

export function stepOf(op: string): Step | undefined {
  return byName.get(op);
}

export function knownOperators(): string[] {
  return [...byName.keys()].sort();
}
