import type { Datasets } from "@ioc/catalogue";
import {
  forecastDataset,
  leadsOf,
  regressorSeriesOf,
  regressorsOf,
  regressorStatisticOf,
  riverConstantsOf,
  rowsMade,
  rowsOf,
  rowsRealised,
  rowToPut,
  seriesOf,
  statisticOf,
  type ForecastRow,
  type ForecastTerms,
  type RegressorSeries,
  type SubjectSeries,
} from "@ioc/city-forecasts";
import type { ForecastDefinition, Frame, LocalizedText, Network, StatisticDefinition } from "@ioc/contracts";
import type { ForecastMaker } from "./maker.ts";
import { putRows } from "./put-rows.ts";
import { NoForecast, toldOfError } from "./remarks.ts";

/** What forecasts are made with. */
export interface IssueServices {
  network: Network;
  datasets: Pick<Datasets, "put" | "table" | "definition">;
  /** Works out a definition once, at a city time (ms), in its first grouping. */
  frames(definition: StatisticDefinition, at: number): Promise<Frame>;
  maker: Pick<ForecastMaker, "make">;
  /** Time as ISO 8601 with offset. */
  iso(time: number): string;
  /** Aborted when the program ends: what is being made is left. */
  signal: AbortSignal;
}

/** A definition that can run. */
export interface Runnable {
  definition: ForecastDefinition;
  terms: ForecastTerms;
}

export interface SeriesOfForecast {
  series: Map<string, SubjectSeries>;
  synthetic: boolean;
}

/** Part of the horizon that data may lag behind the issue before it is made again when more have come. */
const latePart = 1 / 8;
/** Fewest values of a series without seasons. */
const fewestValues = 10;

/** The series of all subjects as of a city time, ms. @throws Error when they cannot be worked out */
export async function readSeries(
  { definition, terms }: Runnable,
  { frames, network }: IssueServices,
  at: number,
): Promise<SeriesOfForecast> {
  const frame = await frames(statisticOf(definition), at);
  return { series: seriesOf(frame, definition, terms, network, at), synthetic: frame.synthetic };
}

/** The series beside it, in the order of the definition; one that cannot be worked out says why. */
async function readRegressors(
  { definition, terms }: Runnable,
  { frames, network }: IssueServices,
  at: number,
): Promise<RegressorSeries[]> {
  const all: RegressorSeries[] = [];
  for (const regressor of definition.regressors) {
    if ("calendar" in regressor) {
      all.push("calendar");
      continue;
    }
    try {
      const frame = await frames(regressorStatisticOf(definition, regressor), at);
      all.push(regressorSeriesOf(frame, regressor, definition, terms, network, at));
    } catch (error) {
      all.push({ error: toldOfError(error) });
    }
  }
  return all;
}

/** Why subjects have no forecast, and what named methods went without, by subject. */
export interface Remarks {
  failures: Map<string, LocalizedText>;
  notes: Map<string, LocalizedText>;
}

/**
 * Makes the forecasts that were due at `at` of all subjects that are not in `done`, and notes what came of earlier ones. One subject at a
 * time; all rows are put when all are made, so that whoever reads them sees a whole issue.
 * @returns what is to be said of subjects; those that have a forecast with bands from data that are not late are added to `done`
 * @throws Error when the series cannot be worked out or rows cannot be stored
 */
export async function issueForecast(
  runnable: Runnable,
  { series, synthetic }: SeriesOfForecast,
  at: number,
  now: number,
  done: Set<string>,
  services: IssueServices,
): Promise<Remarks> {
  const { definition, terms } = runnable;
  const earlier = rowsOf(await services.datasets.table(forecastDataset), definition.id);
  await put(rowsRealised(earlier, series, definition, terms), synthetic, now, services);
  const beside = await readRegressors(runnable, services, at);
  const remarks: Remarks = { failures: new Map(), notes: new Map() };
  const rows: ForecastRow[] = [];
  const made: string[] = [];
  for (const [subject, own] of series) {
    if (done.has(subject)) continue;
    services.signal.throwIfAborted();
    try {
      const { steps, note } = await rowsOfSubject(runnable, own, beside, at, services);
      rows.push(...steps);
      if (note !== null) remarks.notes.set(subject, note);
      const late = at - own.end > Math.max(terms.step, latePart * terms.horizon);
      // Without bands the history was too short for a backtest; more of it may be on its way.
      if (!late && steps.some(({ lo80 }) => lo80 !== null)) made.push(subject);
    } catch (error) {
      remarks.failures.set(subject, toldOfError(error));
    }
  }
  await put(rows, synthetic, now, services);
  for (const subject of made) done.add(subject);
  return remarks;
}

async function rowsOfSubject(
  { definition, terms }: Runnable,
  series: SubjectSeries,
  beside: readonly RegressorSeries[],
  at: number,
  { maker, iso, network }: IssueServices,
): Promise<{ steps: ForecastRow[]; note: LocalizedText | null }> {
  if (series.end <= at - terms.horizon)
    throw new NoForecast({
      vi: `không có số liệu từ ${iso(series.end)}`,
      en: `there are no values since ${iso(series.end)}`,
    });
  const known = series.values.filter((value) => value !== null).length;
  const needed = terms.periods[0] === undefined ? fewestValues : 2 * terms.periods[0];
  if (known < needed) {
    throw new NoForecast({
      vi: `có ${known} số liệu; cần ít nhất ${needed}`,
      en: `there are ${known} values; at least ${needed} are needed`,
    });
  }
  const leads = leadsOf(series, terms, at);
  const { regressors, lacking, complete } = regressorsOf(definition, beside, series, terms, network, leads);
  const made = await maker.make({
    values: series.values,
    periods: terms.periods,
    leads,
    baseline: terms.baseline,
    step: terms.step,
    scale: definition.scale,
    limits: definition.limits,
    methods: definition.methods,
    also: definition.also,
    combine: definition.combine,
    regressors: complete ? regressors : null,
    river: riverConstantsOf(definition, series.subject, network, terms.step),
  });
  if (!made) {
    throw new NoForecast({ vi: "không có số liệu nào để dự báo", en: "there is no value that can be forecast from" });
  }
  const names = made.absent.join(", ");
  const absent = names === "" ? [] : [{ vi: `không tham gia chọn: ${names}`, en: `did not compete: ${names}` }];
  const said = [...absent, ...lacking];
  const note =
    said.length === 0 ? null : { vi: said.map(({ vi }) => vi).join("; "), en: said.map(({ en }) => en).join("; ") };
  return { steps: rowsMade(definition, terms, series, made, at), note };
}

async function put(
  rows: readonly ForecastRow[],
  synthetic: boolean,
  now: number,
  { datasets, iso }: IssueServices,
): Promise<void> {
  const written = rows.map((row) => rowToPut(row, iso));
  await putRows(forecastDataset, written, { synthetic, now }, datasets);
}
