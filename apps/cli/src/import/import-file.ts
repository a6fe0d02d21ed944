import type { ObservationInput, UnparsableInput } from "@ioc/observations";
import type { Receipt } from "@ioc/contracts";
import { createRowMapper, type MappedRow, type RowMapper } from "./map-row.ts";
import type { Mapping } from "./mapping.ts";
import { readRows, type FileRow } from "./read-rows.ts";
import { addQuarantined, addReceipt, emptyReport, type ImportReport } from "./report.ts";

/** Where readings go: the front door of a server, or the store itself. Resolves after the commit. */
export interface Sender {
  send(inputs: readonly ObservationInput[], unparsable: readonly UnparsableInput[]): Promise<Receipt>;
  close(): Promise<void>;
}

/** Items of a batch at most: a receipt names at most 1,000 of them, and all must be accounted for. */
const batchLength = 1000;

/** Sends what a file holds, in its order. Memory does not grow with the file. */
export async function importFile(file: string, mapping: Mapping, sender: Sender): Promise<ImportReport> {
  const report = emptyReport(file);
  const batch = createBatch(report, sender);
  let mapper: RowMapper | null = mapping.format.header ? null : createRowMapper(mapping, null);
  for await (const row of readRows(file, mapping.format)) {
    if (mapper === null && row.fields) {
      mapper = createRowMapper(mapping, row.fields);
      continue;
    }
    report.rows += 1;
    const mapped = row.fields && mapper ? mapper(row.fields) : unreadable(row);
    count(report, mapped);
    await batch.add(row, mapped);
  }
  await batch.flush();
  return report;
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
  add(row: FileRow, mapped: MappedRow): Promise<void>;
  flush(): Promise<void>;
}

function createBatch(report: ImportReport, sender: Sender): Batch {
  let inputs: ObservationInput[] = [];
  let rows: FileRow[] = [];
  let unparsable: Omit<UnparsableInput, "index">[] = [];
  const flush = async () => {
    if (inputs.length === 0 && unparsable.length === 0) return;
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
  };
  return {
    async add(row, { readings, refused }) {
      if (inputs.length + unparsable.length + readings.length + refused.length > batchLength) await flush();
      for (const reading of readings) {
        inputs.push({ index: inputs.length, ...reading });
        rows.push(row);
      }
      for (const { reason, message } of refused) {
        addQuarantined(report, { line: row.line, reason, message, sample: row.raw });
        unparsable.push({ reason, message: `line ${row.line}: ${message}`, sample: row.raw });
      }
    },
    flush,
  };
}
