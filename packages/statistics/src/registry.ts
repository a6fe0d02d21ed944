import type { OperatorItem } from "@ioc/contracts";
import type { Step } from "./step.ts";
import { vnAqiDayStep, vnAqiHourStep } from "./steps/air.ts";
import { arealMean } from "./steps/areal-mean.ts";
import { change } from "./steps/change.ts";
import { classify, depthHistory } from "./steps/flood.ts";
import { endemicChannel, noOlderThan, usualBefore } from "./steps/against-usual.ts";
import { asRows } from "./steps/as-rows.ts";
import { bands } from "./steps/bands.ts";
import { byPeriod } from "./steps/by-period.ts";
import { concerning } from "./steps/concerning.ts";
import { clusters } from "./steps/clusters.ts";
import { constants } from "./steps/constants.ts";
import { limitExceedances } from "./steps/exceedances.ts";
import { days } from "./steps/days.ts";
import { figures } from "./steps/figures.ts";
import { forestFire } from "./steps/forest-fire.ts";
import { accumulate, calculateStep, earlier, formulaStep, perSubject } from "./steps/group-formulas.ts";
import { hotspots } from "./steps/hotspots.ts";
import { hours } from "./steps/hours.ts";
import { keepSubjects } from "./steps/keep-subjects.ts";
import { matrix } from "./steps/matrix.ts";
import { availability } from "./steps/network.ts";
import { noisePeriods } from "./steps/noise.ts";
import { places } from "./steps/places.ts";
import { clock, sample } from "./steps/marks.ts";
import { confirmed, minusAttribute, readings } from "./steps/readings.ts";
import { rollUp } from "./steps/roll-up.ts";
import { running } from "./steps/running.ts";
import { newestOf, queue, withGroup } from "./steps/row-groups.ts";
import { append, derive, join, rows, where } from "./steps/rows.ts";
import { cusum, ears, farrington, runs } from "./steps/outbreak.ts";
import { lastKnown, projection } from "./steps/projection.ts";
import { peakOfDay } from "./steps/peak-of-day.ts";
import { sensorHealth } from "./steps/sensor-health.ts";
import { schedule } from "./steps/schedule.ts";
import { flow, links, radar } from "./steps/shapes.ts";
import { slotHabit } from "./steps/slot-habit.ts";
import { stack } from "./steps/stack.ts";
import { table } from "./steps/table.ts";
import { tally } from "./steps/tally.ts";
import { hourWeekday, shareOfCapacity, usual, weightedSum } from "./steps/traffic.ts";
import { surfaceClass, vnWqiStep } from "./steps/water-samples.ts";
import { alarmLevels, reservoirStorage } from "./steps/water.ts";
import { waterBalance } from "./steps/water-balance.ts";
import { verification } from "./steps/verification.ts";
import { dayRunningMax, windowSums } from "./steps/weather.ts";
import { windRoseStep } from "./steps/wind-rose.ts";
import { finding, thresholds } from "./steps/words.ts";
import { againstNormals } from "./steps/against-normals.ts";
import { durationCurveStep } from "./steps/duration-curve.ts";
import { exposedPeople } from "./steps/exposed-people.ts";
import { floodEventRows } from "./steps/flood-events.ts";
import { heatIndexStep } from "./steps/heat-index.ts";
import { moving } from "./steps/moving.ts";
import { rainResponse } from "./steps/rain-response.ts";
import { nearestStations } from "./steps/nearest-stations.ts";
import { logisticProbability, logisticRegressionStep } from "./steps/logistic.ts";
import { streetCases } from "./steps/street-cases.ts";
import { streetStore } from "./steps/street-store.ts";
import { stormTrack } from "./steps/storm-track.ts";
import { besideStations, distinctNear } from "./steps/reports.ts";
import { riseRates } from "./steps/rise-rates.ts";
import { withAttributes, withColumns } from "./steps/station-values.ts";
import { tide } from "./steps/tide.ts";

/** Every operator that a pipeline may name. A new one is a file below steps/ and a line here. */
const steps: readonly Step[] = [
  hours,
  days,
  rainResponse,
  streetStore,
  streetCases,
  sensorHealth,
  slotHabit,
  readings,
  minusAttribute,
  confirmed,
  sample,
  clock,
  moving,
  riseRates,
  change,
  withAttributes,
  withColumns,
  heatIndexStep,
  againstNormals,
  tide,
  durationCurveStep,
  floodEventRows,
  exposedPeople,
  windowSums,
  dayRunningMax,
  windRoseStep,
  noisePeriods,
  running,
  limitExceedances,
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
  calculateStep,
  schedule,
  forestFire,
  asRows,
  rows,
  derive,
  where,
  join,
  newestOf,
  withGroup,
  queue,
  append,
  constants,
  verification,
  distinctNear,
  besideStations,
  nearestStations,
  clusters,
  stormTrack,
  logisticProbability,
  places,
  vnWqiStep,
  surfaceClass,
  tally,
  bands,
  byPeriod,
  formulaStep,
  accumulate,
  peakOfDay,
  usualBefore,
  endemicChannel,
  ears,
  cusum,
  farrington,
  runs,
  projection,
  lastKnown,
  waterBalance,
  noOlderThan,
  earlier,
  perSubject,
  concerning,
  keepSubjects,
  rollUp,
  arealMean,
  table,
  stack,
  radar,
  links,
  flow,
  matrix,
  hotspots,
  logisticRegressionStep,
  thresholds,
  figures,
  finding,
];

const byName = new Map(steps.map((step) => [step.op, step]));

export function stepOf(op: string): Step | undefined {
  return byName.get(op);
}

/** Every operator with what it takes and gives, and the schema of its parameters. */
export function operatorItems(): OperatorItem[] {
  return steps.map((step) => step.item);
}

export function knownOperators(): string[] {
  return [...byName.keys()].sort();
}
