export { StoreBusy } from "./port.ts";
export type {
  Change,
  ChangeLog,
  DatastreamSpec,
  HistoryRequest,
  ObservationReader,
  ObservationWriter,
  QualifiedObservation,
  QuarantineInput,
  RawQuery,
  RawRows,
  RecordReceipt,
  RollupQuery,
  RollupRows,
} from "./port.ts";
export { createReceiver } from "./receive.ts";
export type { ObservationInput, Receiver, UnparsableInput } from "./receive.ts";
