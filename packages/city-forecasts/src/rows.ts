import type { RowTable, RowValue } from "@ioc/catalogue";
import type { ForecastDefinition } from "@ioc/contracts";
import type { MadeForecast } from "./make.ts";
import type { SubjectSeries } from "./series-of.ts";
import type { ForecastTerms } from "./terms.ts";

/** Id of the dataset of origin `system` that forecasts are kept in. */
export const forecastDataset = "forecasts";

const hourMs = 3_600_000;

/** A row of the dataset: one step of a forecast of one subject. Times in ms. */
export interface ForecastRow {
  forecast: string;
  subject: string;
  issuedAt: number;
  /** Time of the value as its series has it: the start or the end of the step. */
  validAt: number;
  /** Hours from the issue to the end of the step. */
  leadHours: number;
  median: number | null;
  lo80: number | null;
  hi80: number | null;
  lo95: number | null;
  hi95: number | null;
  /** What the seasonal naive method said. */
  naive: number | null;
  /** What came; null while it is not known. */
  actual: number | null;
  method: string;
  backtestMase: number | null;
}

/** Column of the dataset by field of a row. */
const columnOf = {
  forecast: "forecast",
  subject: "subject",
  issuedAt: "issued_at",
  validAt: "valid_at",
  leadHours: "lead_h",
  median: "median",
  lo80: "lo80",
  hi80: "hi80",
  lo95: "lo95",
  hi95: "hi95",
  naive: "naive",
  actual: "actual",
  method: "method",
  backtestMase: "backtest_mase",
} as const satisfies Record<keyof ForecastRow, string>;

/** Columns that the dataset must have. */
export const forecastColumns: readonly string[] = Object.values(columnOf);

/** A row as it is put into the dataset. @param iso time as ISO 8601 with offset */
export function rowToPut(row: ForecastRow, iso: (time: number) => string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columnOf).map(([field, column]) => {
      const value = row[field as keyof ForecastRow];
      return [column, field === "issuedAt" || field === "validAt" ? iso(value as number) : value];
    }),
  );
}

/** Rows of one forecast, in the order of subject, issue and time. */
export function rowsOf(table: RowTable, forecast: string): ForecastRow[] {
  const column = (field: keyof ForecastRow): readonly RowValue[] => table.columns.get(columnOf[field]) ?? [];
  const [ids, subject, issuedAt, validAt] = [
    column("forecast"),
    column("subject"),
    column("issuedAt"),
    column("validAt"),
  ];
  const [lead, median, naive, actual] = [column("leadHours"), column("median"), column("naive"), column("actual")];
  const [lo80, hi80, lo95, hi95] = [column("lo80"), column("hi80"), column("lo95"), column("hi95")];
  const [method, mase] = [column("method"), column("backtestMase")];
  const number = (values: readonly RowValue[], i: number) => (typeof values[i] === "number" ? values[i] : null);
  const rows: ForecastRow[] = [];
  for (let i = 0; i < table.length; i += 1) {
    if (ids[i] !== forecast) continue;
    rows.push({
      forecast,
      subject: String(subject[i] ?? ""),
      issuedAt: number(issuedAt, i) ?? 0,
      validAt: number(validAt, i) ?? 0,
      leadHours: number(lead, i) ?? 0,
      median: number(median, i),
      lo80: number(lo80, i),
      hi80: number(hi80, i),
      lo95: number(lo95, i),
      hi95: number(hi95, i),
      naive: number(naive, i),
      actual: number(actual, i),
      method: String(method[i] ?? ""),
      backtestMase: number(mase, i),
    });
  }
  return rows;
}

const stampOf = (end: number, { stamp }: ForecastDefinition, { step }: ForecastTerms) =>
  stamp === "start" ? end - step : end;

/** How many steps a forecast of a series has that is issued at `at` (ms): all that end within the horizon. */
export function leadsOf({ end }: SubjectSeries, { horizon, step }: ForecastTerms, at: number): number {
  return Math.max(0, Math.floor((at + horizon - end) / step));
}

/** Rows of what was made at `at` (ms); steps that had ended by then are left out. */
export function rowsMade(
  definition: ForecastDefinition,
  terms: ForecastTerms,
  series: SubjectSeries,
  made: MadeForecast,
  at: number,
): ForecastRow[] {
  return made.points.flatMap((point, i) => {
    const end = series.end + (i + 1) * terms.step;
    if (end <= at) return [];
    return {
      forecast: definition.id,
      subject: series.subject,
      issuedAt: at,
      validAt: stampOf(end, definition, terms),
      leadHours: (end - at) / hourMs,
      ...point,
      actual: null,
      method: made.method,
      backtestMase: made.backtestMase,
    };
  });
}

/** Rows whose real value is known from the series and is not what they say: new ones, and those that were corrected since. */
export function rowsRealised(
  rows: readonly ForecastRow[],
  series: ReadonlyMap<string, SubjectSeries>,
  definition: ForecastDefinition,
  terms: ForecastTerms,
): ForecastRow[] {
  return rows.flatMap((row) => {
    const own = series.get(row.subject);
    if (!own) return [];
    const newest = stampOf(own.end, definition, terms);
    const actual = own.values[own.values.length - 1 - Math.round((newest - row.validAt) / terms.step)] ?? null;
    return actual === null || actual === row.actual ? [] : [{ ...row, actual }];
  });
}

/** Rows of the newest issue of each subject, in the order of time. */
export function newestIssues(rows: readonly ForecastRow[]): Map<string, ForecastRow[]> {
  const found = new Map<string, ForecastRow[]>();
  for (const row of rows) {
    const issue = found.get(row.subject);
    const issuedAt = issue?.[0]?.issuedAt ?? -Infinity;
    if (!issue || row.issuedAt > issuedAt) found.set(row.subject, [row]);
    else if (row.issuedAt === issuedAt) issue.push(row);
  }
  for (const issue of found.values()) issue.sort((a, b) => a.validAt - b.validAt);
  return found;
}
