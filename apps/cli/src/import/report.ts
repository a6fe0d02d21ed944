import type { Receipt } from "@ioc/contracts";

/** What became of a file. Rows and readings each add up: see {@link imbalance}. */
export interface ImportReport {
  file: string;
  /** Rows below the header. */
  rows: number;
  /** Rows of which at least one reading was sent. */
  rowsWithReadings: number;
  /** Rows of which every mapped cell says "no value". */
  rowsEmpty: number;
  /** Rows of which nothing could be used. */
  rowsRefused: number;
  /** Cells that the mapping names. */
  cells: number;
  cellsMissing: number;
  cellsRefused: number;
  /** Readings that were sent. */
  readings: number;
  stored: number;
  duplicate: number;
  corrected: number;
  /** Everything that is in quarantine now, rows, cells and readings, by reason. */
  quarantined: Record<string, number>;
  /** Readings among them: those that were sent and refused there. */
  readingsQuarantined: number;
  /** First of each reason. */
  samples: { line: number; reason: string; message: string; sample: string }[];
}

export function emptyReport(file: string): ImportReport {
  return {
    file,
    rows: 0,
    rowsWithReadings: 0,
    rowsEmpty: 0,
    rowsRefused: 0,
    cells: 0,
    cellsMissing: 0,
    cellsRefused: 0,
    readings: 0,
    stored: 0,
    duplicate: 0,
    corrected: 0,
    quarantined: {},
    readingsQuarantined: 0,
    samples: [],
  };
}

/** Lines of the sums that do not agree; empty when all do. */
export function imbalance(report: ImportReport): string[] {
  const sums: [string, number, number][] = [
    ["rows", report.rows, report.rowsWithReadings + report.rowsEmpty + report.rowsRefused],
    ["cells", report.cells, report.readings + report.cellsMissing + report.cellsRefused],
    ["readings", report.readings, report.stored + report.duplicate + report.corrected + report.readingsQuarantined],
  ];
  return sums.filter(([, all, parts]) => all !== parts).map(([what, all, parts]) => `${what}: ${all} is not ${parts}`);
}

/** Adds what the store answered. `lineOf` finds the line of an item of the batch. */
export function addReceipt(
  report: ImportReport,
  receipt: Receipt,
  sent: number,
  lineOf: (index: number) => { line: number; sample: string },
): void {
  report.stored += receipt.stored;
  report.duplicate += receipt.duplicate;
  report.corrected += receipt.corrected;
  for (const item of receipt.items) {
    if (item.outcome !== "quarantined" || item.index >= sent) continue;
    addQuarantined(report, { ...lineOf(item.index), reason: item.reason ?? "bad-item", message: item.message ?? "" });
    report.readingsQuarantined += 1;
  }
}

export function addQuarantined(report: ImportReport, sample: ImportReport["samples"][number]): void {
  const { reason } = sample;
  const before = report.quarantined[reason] ?? 0;
  report.quarantined[reason] = before + 1;
  if (before === 0) report.samples.push(sample);
}

export function reportLines(report: ImportReport): string {
  const quarantined = Object.entries(report.quarantined);
  const all = quarantined.reduce((sum, [, count]) => sum + count, 0);
  const lines: [string, number][] = [
    ["rows read", report.rows],
    ["  with readings", report.rowsWithReadings],
    ["  empty, skipped", report.rowsEmpty],
    ["  quarantined whole", report.rowsRefused],
    ["cells mapped", report.cells],
    ["  without a value", report.cellsMissing],
    ["  quarantined", report.cellsRefused],
    ["  readings found", report.readings],
    ["    stored", report.stored],
    ["    duplicate", report.duplicate],
    ["    corrected", report.corrected],
    ["    quarantined", report.readingsQuarantined],
    ["in quarantine", all],
    ...quarantined.map(([reason, count]): [string, number] => [`  ${reason}`, count]),
  ];
  const figures = lines.map(([name, count]) => `  ${name.padEnd(22)}${count.toLocaleString("en").padStart(12)}`);
  const samples = report.samples.map(
    (one) => `  line ${one.line}: ${one.reason}: ${one.message}\n    ${one.sample.slice(0, 160)}`,
  );
  return (
    [report.file, ...figures, ...(samples.length > 0 ? ["first of each reason:", ...samples] : [])].join("\n") + "\n"
  );
}
