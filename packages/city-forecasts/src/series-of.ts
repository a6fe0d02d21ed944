import type { ForecastDefinition, Frame, LocalizedText, Network } from "@ioc/contracts";
import type { ForecastTerms } from "./terms.ts";

/** A regular series of one subject: `values` a step apart, the last of them known and ending at `end` (ms). */
export interface SubjectSeries {
  subject: string;
  /** End of the step of the last value. */
  end: number;
  /** Oldest first; null where one is missing. */
  values: (number | null)[];
}

/** Id of the whole city in the scheme in use; empty in a pack without one. */
export function cityAreaOf({ areas, scheme }: Pick<Network, "areas" | "scheme">): string {
  return areas.find((area) => area.level === "city" && area.scheme === scheme)?.id ?? "";
}

/**
 * The series of a frame by subject, each up to its last known value; that of a frame without subjects is the city's. Values whose step
 * had not ended at `at` (ms) are left out: they are not complete.
 * @throws Error when the frame failed, or is no series over time
 */
export function seriesOf(
  frame: Frame,
  { stamp }: ForecastDefinition,
  { step, history }: ForecastTerms,
  network: Network,
  at: number,
): Map<string, SubjectSeries> {
  if (frame.status === "error") throw new Error(frame.error ?? "the series cannot be worked out");
  const columns = {
    time: frame.columns.findIndex(({ type, role }) => type === "time" && role === "x"),
    subject: frame.columns.findIndex(({ id }) => id === "subject"),
    value: frame.columns.findIndex(({ role }) => role === "value"),
  };
  if (columns.time < 0 || columns.value < 0) throw new Error("the pipeline gives no series over time");
  const known = new Map<string, [number, number][]>();
  const city = cityAreaOf(network);
  for (const row of frame.rows) {
    const [time, value] = [row[columns.time], row[columns.value]];
    const subject = columns.subject < 0 ? city : row[columns.subject];
    if (typeof time !== "number" || typeof value !== "number" || typeof subject !== "string") continue;
    const end = stamp === "start" ? time + step : time;
    if (end > at) continue;
    const points = known.get(subject);
    if (points) points.push([end, value]);
    else known.set(subject, [[end, value]]);
  }
  return new Map([...known].map(([subject, points]) => [subject, regular(subject, points, step, history)]));
}

/** Places values on the grid that ends with the newest; what lies off it by less than half a step goes to its nearest place. */
function regular(subject: string, points: readonly [number, number][], step: number, history: number): SubjectSeries {
  const end = points.reduce((newest, [time]) => Math.max(newest, time), -Infinity);
  const oldest = points.reduce((first, [time]) => Math.min(first, time), Infinity);
  const length = Math.min(history, Math.round((end - oldest) / step) + 1);
  const values = Array<number | null>(length).fill(null);
  for (const [time, value] of points) {
    const place = length - 1 - Math.round((end - time) / step);
    if (place >= 0) values[place] = value;
  }
  return { subject, end, values };
}

/** Name of a subject: of a station, a unit, an agency, or of a code of the column that the forecast is grouped by. */
export function subjectName({ group, input }: ForecastDefinition, subject: string, network: Network): LocalizedText {
  const unnamed = { vi: subject, en: subject };
  if (group === "station") return network.stations.find(({ id }) => id === subject)?.name ?? unnamed;
  if (group === "agency") return network.agencies.find(({ id }) => id === subject)?.name ?? unnamed;
  if (group === "city" || group === "district" || group === "ward") {
    const area = network.areas.find(({ id, scheme }) => id === subject && scheme === network.scheme);
    return area?.name ?? unnamed;
  }
  for (const one of input) {
    if (!("dataset" in one)) continue;
    const columns = network.datasets.find(({ id }) => id === one.dataset)?.columns ?? [];
    const named = columns.find(({ id }) => id === group)?.values?.find(({ id }) => id === subject);
    if (named) return named.name;
  }
  return unnamed;
}
