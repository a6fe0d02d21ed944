import type { ObservationInput, UnparsableInput } from "@ioc/observations";
import type { Receipt } from "@ioc/contracts";
import { createRowMapper, type MappedRow, type RowMapper } from "./map-row.ts";
import type { Mapping } from "./mapping.ts";
import { fileStart, readRows, type FileRow, type Place } from "./read-rows.ts";
import { addQuarantined, addReceipt, emptyReport, type ImportReport } from "./report.ts";

/** Where readings go: the front door of a server, or the store itself. Resolves after the commit. */
export interface Sender {
  send(inputs: readonly ObservationInput[], unparsable: readonly UnparsableInput[]): Promise<Receipt>;
  close(): Promise<void>;
}

/** How far a file has been acknowledged, with the report up to there. */
export interface Checkpoint {
  place: Place;
  report: ImportReport;
}

export interface ImportOptions {
  /** Where an earlier run got to; from the beginning when there was none. */
  from?: Checkpoint | undefined;
  /** Told after each acknowledged batch, with the bytes of the file on the disk that have been read. */
  onAcknowledged?: (checkpoint: Checkpoint, bytesRead: number) => Promise<void>;
  /** Ends the import after the batch that is under way. */
  signal?: AbortSignal | undefined;
}

/** Items of a batch at most: a receipt names at most 1,000 of them, and all must be accounted for. */
const batchLength = 1000;

/**
 * Sends what a file holds, in its order. Memory does not grow with the file.
 * @throws the reason of the signal when it was aborted; everything up to the last checkpoint is acknowledged then.
 */
export async function importFile(
  file: string,
  mapping: Mapping,
  sender: Sender,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const report = structuredClone(options.from?.report ?? emptyReport(file));
  let place = options.from?.place ?? fileStart;
  const batch = createBatch(report, sender);
  let mapper = place.end > 0 ? await mapperOf(file, mapping) : null;
  if (!mapping.format.header) mapper ??= createRowMapper(mapping, null);
  const reader = readRows(file, mapping.format, place);
  const flush = async () => {
    if (!(await batch.flush())) return;
    await options.onAcknowledged?.({ place, report }, reader.bytesRead());
    options.signal?.throwIfAborted();
  };
  for await (const row of reader.rows) {
    if (mapper === null && row.fields) mapper = createRowMapper(mapping, row.fields);
    else {
      const mapped = row.fields && mapper ? mapper(row.fields) : unreadable(row);
      if (!batch.takes(mapped)) await flush();
      report.rows += 1;
      count(report, mapped);
      batch.add(row, mapped);
    }
    place = { end: row.end, line: row.line };
  }
  await flush();
  return report;
}

/** The mapper of a file that is read from somewhere behind its header. */
async function mapperOf(file: string, mapping: Mapping): Promise<RowMapper | null> {
  if (!mapping.format.header) return null;
  for await (const row of readRows(file, mapping.format).rows) {
    if (row.fields) return createRowMapper(mapping, row.fields);
  }
  return null;
}

function unreadable(row: FileRow): MappedRow {
  return { readings: [], missing: 0, refused: [{ reason: "wrong-columns", message: row.problem ?? "not a row" }] };
}

function count(report: ImportReport, { readings, missing, refused }: MappedRow): void {
  // A row that is refused whole has no cells: which they are is not known.
  const whole = readings.length === 0 && missing === 0 && refused.length > 0;
  if (whole) report.rowsRefused += 1;
  else if (readings.length > 0) report.rowsWithReadings += 1;
  else if (refused.length > 0) report.rowsRefused += 1;
  else report.rowsEmpty += 1;
  report.readings += readings.length;
  report.cellsMissing += missing;
  if (!whole) report.cellsRefused += refused.length;
  report.cells += readings.length + missing + (whole ? 0 : refused.length);
}

interface Batch {
  /** Whether the items of a row fit in. */
  takes(mapped: MappedRow): boolean;
  add(row: FileRow, mapped: MappedRow): void;
  /** False when there was nothing to send. */
  flush(): Promise<boolean>;
}

function createBatch(report: ImportReport, sender: Sender): Batch {
  let inputs: ObservationInput[] = [];
  let rows: FileRow[] = [];
  let unparsable: Omit<UnparsableInput, "index">[] = [];
  return {
    takes({ readings, refused }) {
      const held = inputs.length + unparsable.length;
      return held === 0 || held + readings.length + refused.length <= batchLength;
    },
    add(row, { readings, refused }) {
      for (const reading of readings) {
        inputs.push({ index: inputs.length, ...reading });
        rows.push(row);
      }
      for (const { reason, message } of refused) {
        addQuarantined(report, { line: row.line, reason, message, sample: row.raw });
        unparsable.push({ reason, message: `line ${row.line}: ${message}`, sample: row.raw });
      }
    },
    async flush() {
      if (inputs.length === 0 && unparsable.length === 0) return false;
      const sentRows = rows;
      const numbered = unparsable.map((one, i) => ({ ...one, index: inputs.length + i }));
      const receipt = await sender.send(inputs, numbered);
      addReceipt(report, receipt, inputs.length, (index) => {
        const row = sentRows[index];
        return { line: row?.line ?? 0, sample: row?.raw ?? "" };
      });
      inputs = [];
      rows = [];
      unparsable = [];
      return true;
    },
  };
}
