export { StoreBusy, StoreUnavailable } from "./port.ts";
export { bucketEnd, DAY_MS, ROLLUP_WIDTHS } from "./buckets.ts";
export type { RollupWidth } from "./buckets.ts";
export { disagreement, DriftWatch, median, neighboursOf } from "./neighbours.ts";
export type { NeighbourSite } from "./neighbours.ts";
export type {
  AggregateFunction,
  AggregateRequest,
  AggregateTable,
  Change,
  ChangeLog,
  Correction,
  DatastreamProfile,
  DatastreamSpec,
  FlaggedRows,
  HistoryRequest,
  ObservationReader,
  ObservationRecord,
  ObservationWriter,
  PageQuery,
  QualifiedObservation,
  QuarantineInput,
  RawQuery,
  RawRows,
  RecordReceipt,
  RemovalReceipt,
  Retention,
  RollupQuery,
  RollupRows,
  TimeSpan,
} from "./port.ts";
export { isTooMuchAsked } from "./reading/too-much-asked.ts";
export { flatMs } from "./qualify-checks.ts";
export { createReceiver } from "./receive.ts";
export type { ObservationInput, OpenReceiver, Receiver, UnparsableInput } from "./receive.ts";
export { createUnitConversion } from "./units.ts";
