import type { Cell, ForecastDefinition, Frame, FrameColumn } from "@ioc/contracts";
import type { ForecastRow } from "./rows.ts";
import type { SubjectSeries } from "./series-of.ts";
import type { ForecastTerms } from "./terms.ts";

const words = {
  time: { vi: "Thời gian", en: "Time" },
  value: { vi: "Giá trị", en: "Value" },
  lo80: { vi: "Dải 80 %: từ", en: "80 % band: from" },
  hi80: { vi: "Dải 80 %: đến", en: "80 % band: to" },
  lo95: { vi: "Dải 95 %: từ", en: "95 % band: from" },
  hi95: { vi: "Dải 95 %: đến", en: "95 % band: to" },
  came: { vi: "Thực tế từ khi phát", en: "What came since" },
  status: { vi: "Loại", en: "Kind" },
  observed: { vi: "Đo được", en: "Observed" },
  forecast: { vi: "Dự báo", en: "Forecast" },
};

/**
 * A forecast as a frame: the newest observed values, then its median with both bands and what came of it so far (`came`); `status` tells
 * them apart (`ok`, `forecast`).
 * @param issue rows of one issue of one subject, in the order of time
 * @param series observed values; null where they could not be worked out
 * @param now city time, ms
 */
export function fanFrame(
  definition: ForecastDefinition,
  terms: ForecastTerms,
  issue: readonly ForecastRow[],
  series: SubjectSeries | null,
  { now, synthetic }: { now: number; synthetic: boolean },
): Frame {
  const { unit, decimals } = definition;
  const number = (id: "lo80" | "hi80" | "lo95" | "hi95", role: FrameColumn["role"]): FrameColumn => ({
    id,
    name: words[id],
    type: "number",
    unit,
    decimals,
    role,
  });
  const columns: FrameColumn[] = [
    { id: "time", name: words.time, type: "time", role: "x" },
    { id: "value", name: words.value, type: "number", unit, decimals, role: "value" },
    number("lo80", "low"),
    number("hi80", "high"),
    number("lo95", "lowest"),
    number("hi95", "highest"),
    { id: "came", name: words.came, type: "number", unit, decimals, role: "reference" },
    {
      id: "status",
      name: words.status,
      type: "text",
      role: "status",
      labels: { ok: words.observed, forecast: words.forecast },
    },
  ];
  const first = issue[0]?.validAt ?? now;
  const all = series ? observedOf(series, definition, terms) : [];
  const came = new Map(all);
  const observed = all.slice(-2 * issue.length).filter(([time]) => time < first);
  const rows = [
    ...observed.map(([time, value]): Cell[] => [time, value, null, null, null, null, null, "ok"]),
    ...issue.map(({ validAt, median, lo80, hi80, lo95, hi95 }): Cell[] => {
      return [validAt, median, lo80, hi80, lo95, hi95, came.get(validAt) ?? null, "forecast"];
    }),
  ];
  const newest = all.findLast(([, value]) => value !== null) ?? null;
  return {
    statistic: definition.id,
    version: definition.version,
    group: definition.group,
    subject: issue[0]?.subject ?? null,
    columns,
    rows,
    value: newest?.[1] ?? null,
    previous: null,
    unit,
    decimals,
    asOf: newest?.[0] ?? null,
    window: { from: Number(rows[0]?.[0] ?? now), to: Number(rows.at(-1)?.[0] ?? now) },
    coverage: null,
    status: "ok",
    quality: "good",
    synthetic,
    target: null,
    targetMet: null,
    figures: [],
    error: null,
    thresholds: [],
    finding: null,
    computedAt: now,
  };
}

function observedOf(
  { end, values }: SubjectSeries,
  { stamp }: ForecastDefinition,
  { step }: ForecastTerms,
): [number, number | null][] {
  const newest = stamp === "start" ? end - step : end;
  return values.map((value, i) => [newest - (values.length - 1 - i) * step, value]);
}
