import type { ChartSpec, Frame, Lang } from "@ioc/contracts";
import { drawnKind, isDrawable } from "./chart-option.ts";
import { cellName, readFrame, usualStep, type Datum, type Reading, type Series } from "./columns.ts";
import type { ChartContext } from "./context.ts";
import { formatChange, formatLimit, formatNumber, formatShare, formatSigned, formatValue } from "./format.ts";
import { isAqi, aqiBand } from "./renderers/bands.ts";
import { gapsOf } from "./renderers/gaps.ts";
import { messageText } from "./renderers/message.ts";
import { sectorOf } from "./renderers/wind-rose.ts";
import { shapeClauses } from "./summary-shapes.ts";
import { targetText } from "./target.ts";
import { crossed, limitsOf } from "./thresholds.ts";
import {
  day,
  formatDayMonth,
  formatDuration,
  formatMonth,
  formatShortDateTime,
  formatSpan,
  formatTime,
  hour,
  startOfCityDay,
  weekdayName,
} from "./time.ts";
import { withUnit } from "./units.ts";
import { compassName, words } from "./words.ts";

type SummaryContext = Pick<ChartContext, "lang" | "nameOf" | "now">;

/**
 * The text alternative of a chart in one sentence: highest and lowest with when or where, the current value and the
 * threshold it has passed, gaps, forecast. What a sighted reader sees at once.
 */
export function summaryOf(spec: Pick<ChartSpec, "kind">, frame: Frame, context: SummaryContext): string {
  const { lang } = context;
  const reading = readFrame(frame, lang, context.nameOf);
  const kind = drawnKind(spec.kind, reading);
  const reason = (): string => messageText({ frame, context: { lang } });
  if (!isDrawable(kind, frame, reading)) return reason();
  const known = reading.series.some((each) => each.data.some((datum) => datum.value !== null));
  const clauses = known ? clausesOf(kind, frame, reading, context) : [currentText(frame, lang)];
  if (frame.target) clauses.push(lowerFirst(targetText(frame, lang)));
  if (frame.status === "insufficient") clauses.push(lowerFirst(reason().replace(/\.$/, "")));
  if (frame.synthetic) clauses.push(words(lang).synthetic.toLocaleLowerCase());
  return sentence(clauses);
}

function clausesOf(
  kind: ReturnType<typeof drawnKind>,
  frame: Frame,
  reading: Reading,
  context: SummaryContext,
): string[] {
  if (kind === "wind-rose") return windClauses(reading, context);
  const shaped = shapeClauses(kind, frame, reading, context);
  if (shaped) return shaped;
  if (kind === "heatmap" && reading.y) return tableClauses(reading, context);
  if (reading.x?.type === "time") {
    const one = reading.series.length === 1;
    if (kind === "stacked-bar" || kind === "area" || !one) return manyClauses(frame, reading, context);
    return timeClauses(frame, reading, context);
  }
  return placeClauses(kind, frame, reading, context);
}

/** First letter large, a full stop at the end. */
function sentence(clauses: readonly string[]): string {
  const text = clauses.filter((clause) => clause !== "").join("; ");
  if (text === "") return "";
  return `${text[0]!.toLocaleUpperCase()}${text.slice(1)}.`;
}

function valueOf(value: number, of: Pick<Series, "unit" | "decimals">, lang: Lang): string {
  return formatValue(value, of.unit, of.decimals, lang);
}

function currentText(frame: Frame, lang: Lang): string {
  const value = formatValue(frame.value, frame.unit, frame.decimals, lang);
  const word = frame.value !== null && isAqi(frame) ? ` (${lowerFirst(aqiBand(frame.value).name[lang])})` : "";
  const now = `${lang === "vi" ? "hiện tại" : "now"} ${value}${word}`;
  const over =
    frame.value === null || isAqi(frame)
      ? null
      : crossed(limitsOf(frame, lang, { low: 0, high: frame.value }), frame.value);
  const passed = over
    ? `, ${lang === "vi" ? "trên" : "above"} ${lowerFirst(over.name)} (${withUnit(formatLimit(over.value, lang, frame.decimals), frame.unit, lang)})`
    : "";
  return `${now}${passed}${changeText(frame, lang)}`;
}

/** `Báo động 2` → `báo động 2`; abbreviations keep their capitals. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? `${text[0]!.toLocaleLowerCase()}${text.slice(1)}` : text;
}

function changeText(frame: Frame, lang: Lang): string {
  if (frame.value === null || frame.previous === null) return "";
  const signed = formatSigned(frame.value - frame.previous, lang, frame.decimals);
  const size = formatChange(frame.value - frame.previous, frame.unit, frame.decimals, lang);
  const length = formatSpan(frame.window.to - frame.window.from, lang);
  if (signed.startsWith("+"))
    return lang === "vi" ? `, tăng ${size} so với ${length} trước` : `, up ${size} on the ${length} before`;
  if (signed.startsWith("\u2212"))
    return lang === "vi" ? `, giảm ${size} so với ${length} trước` : `, down ${size} on the ${length} before`;
  return lang === "vi" ? `, không đổi so với ${length} trước` : `, unchanged on the ${length} before`;
}

/** When a value was: the clock with day and month, the date alone for daily values, the month for monthly ones. */
function whenText(time: number, step: number | null, lang: Lang): string {
  if (step !== null && step >= 27 * day)
    return lang === "vi" ? `tháng ${formatMonth(time, lang)}` : `in ${formatMonth(time, lang)}`;
  if (step !== null && step >= 23 * hour)
    return lang === "vi" ? `ngày ${formatDayMonth(time, lang)}` : `on ${formatDayMonth(time, lang)}`;
  return lang === "vi"
    ? `lúc ${formatShortDateTime(time, lang)}`
    : `at ${formatTime(time)} on ${formatDayMonth(time, lang)}`;
}

function extremeData(data: readonly Datum[]): { low: Datum; high: Datum } | null {
  const known = data.filter((datum) => datum.value !== null);
  if (known.length === 0) return null;
  const low = known.reduce((best, datum) => (datum.value! < best.value! ? datum : best));
  const high = known.reduce((best, datum) => (datum.value! > best.value! ? datum : best));
  return { low, high };
}

function timeClauses(frame: Frame, reading: Reading, context: SummaryContext): string[] {
  const { lang } = context;
  const vi = lang === "vi";
  const series = reading.series[0]!;
  const measured = series.data.filter((datum) => datum.status !== "forecast");
  const span = extremeData(measured);
  if (!span) return [currentText(frame, lang)];
  const times = series.data.map((datum) => Number(datum.x));
  const step = usualStep(times);
  const length = formatSpan(spanLength(frame, Number(measured.at(-1)!.x) - times[0]! + (step ?? hour), step), lang);
  const [high, low] = [valueOf(span.high.value!, series, lang), valueOf(span.low.value!, series, lang)];
  const when = whenText(Number(span.high.x), step, lang);
  const first = vi
    ? `${length} qua cao nhất ${high} ${when}, thấp nhất ${low}`
    : `in the past ${length} highest ${high} ${when}, lowest ${low}`;
  const clauses = [first];
  if (frame.value !== null) clauses.push(currentText(frame, lang));
  clauses.push(gapText(measured, step, lang), forecastText(series, context));
  return clauses;
}

/** Length of the window where the values fill it, else of the values, in whole hours. */
function spanLength(frame: Frame, length: number, step: number | null): number {
  if (step !== null && step >= 23 * hour) return Math.round(length / day) * day;
  const window = frame.window.to - frame.window.from;
  if (Math.abs(window - length) <= 2 * (step ?? hour)) return window;
  return length > 3 * hour ? Math.round(length / hour) * hour : length;
}

function gapText(data: readonly Datum[], step: number | null, lang: Lang): string {
  if (step === null) return "";
  const gaps = gapsOf(
    data.map((datum) => ({ time: Number(datum.x), value: datum.value })),
    step,
  );
  const longest = gaps.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  if (!longest) return "";
  const length = formatDuration(longest.to - longest.from - step, lang);
  const date = formatDayMonth(startOfCityDay(longest.from + step), lang);
  const from = step >= 23 * hour;
  const on = lang === "vi" ? `${from ? "từ" : "ngày"} ${date}` : `${from ? "from" : "on"} ${date}`;
  const more =
    gaps.length > 1 ? (lang === "vi" ? ` và ${gaps.length - 1} khoảng khác` : ` and ${gaps.length - 1} more`) : "";
  return lang === "vi" ? `mất dữ liệu ${length} ${on}${more}` : `data gap of ${length} ${on}${more}`;
}

function forecastText(series: Series, { lang }: SummaryContext): string {
  const ahead = series.data.filter((datum) => datum.status === "forecast" && datum.value !== null);
  if (ahead.length === 0) return "";
  const top = ahead.reduce((best, datum) => (datum.value! > best.value! ? datum : best));
  const when = formatTime(Number(top.x));
  const value = valueOf(top.value!, series, lang);
  const band =
    top.low === null || top.high === null
      ? ""
      : ` (80%: ${formatNumber(top.low, lang, series.decimals)}–${valueOf(top.high, series, lang)})`;
  return lang === "vi" ? `dự báo cao nhất ${value} lúc ${when}${band}` : `forecast highest ${value} at ${when}${band}`;
}

/** Several lines, or parts of a whole, over time: the newest value of each, in the order of the frame. */
function manyClauses(frame: Frame, reading: Reading, context: SummaryContext): string[] {
  const { lang } = context;
  const newest = reading.series.flatMap((series) => {
    const last = series.data.findLast((datum) => datum.value !== null);
    return last ? [{ series, value: last.value! }] : [];
  });
  const shown = newest.slice(0, 6).map(({ series, value }) => `${series.name}: ${valueOf(value, series, lang)}`);
  const more =
    newest.length > 6
      ? lang === "vi"
        ? ` và ${newest.length - 6} chuỗi khác`
        : ` and ${newest.length - 6} more series`
      : "";
  const list = `${lang === "vi" ? "mới nhất" : "latest"} ${shown.join(", ")}${more}`;
  return frame.value === null ? [list] : [currentText(frame, lang), list];
}

function placeClauses(
  kind: ReturnType<typeof drawnKind>,
  frame: Frame,
  reading: Reading,
  context: SummaryContext,
): string[] {
  const { lang, nameOf } = context;
  const vi = lang === "vi";
  // A single figure of the whole view: there are no places to compare.
  if (!reading.x) return frame.value === null ? [] : [currentText(frame, lang)];
  const series = reading.series[0]!;
  const span = extremeData(series.data)!;
  const name = (datum: Datum): string => cellName(datum.x, reading.x!, lang, nameOf);
  const known = series.data.filter((datum) => datum.value !== null).length;
  const missing = series.data.length - known;
  const clauses: string[] = [];
  if (frame.value !== null) clauses.push(currentText(frame, lang));
  if (kind === "stacked-bar" && reading.series.length > 1) clauses.push(largestTotal(reading, context));
  else {
    const place = (datum: Datum): string => `${valueOf(datum.value!, series, lang)} (${name(datum)})`;
    if (known === 1) clauses.push(place(span.high));
    else if (vi) clauses.push(`cao nhất ${place(span.high)}, thấp nhất ${place(span.low)}`);
    else clauses.push(`highest ${place(span.high)}, lowest ${place(span.low)}`);
  }
  if (missing > 0)
    clauses.push(
      vi
        ? `${missing}/${series.data.length} nơi chưa có số liệu`
        : `${missing} of ${series.data.length} places without data`,
    );
  return clauses;
}

/** The place with the largest sum of its parts. */
function largestTotal(reading: Reading, { lang, nameOf }: SummaryContext): string {
  const sums = new Map<string | number, number>();
  for (const datum of reading.series.flatMap((each) => each.data))
    if (datum.value !== null) sums.set(datum.x, (sums.get(datum.x) ?? 0) + datum.value);
  const [x, sum] = [...sums].reduce((best, each) => (each[1] > best[1] ? each : best));
  const of = reading.series[0]!;
  return `${lang === "vi" ? "nhiều nhất" : "most"} ${valueOf(sum, of, lang)} (${cellName(x, reading.x!, lang, nameOf)})`;
}

function windClauses(reading: Reading, { lang }: SummaryContext): string[] {
  const sums = new Map<number, number>();
  let calm: number | null = null;
  const of = reading.series[0]!;
  for (const datum of reading.series.flatMap((each) => each.data)) {
    if (datum.value === null) continue;
    const sector = sectorOf(datum.x);
    if (sector === null) calm = (calm ?? 0) + datum.value;
    else sums.set(sector, (sums.get(sector) ?? 0) + datum.value);
  }
  const top = [...sums].toSorted((a, b) => b[1] - a[1])[0];
  const clauses: string[] = [];
  if (top)
    clauses.push(
      `${lang === "vi" ? "hướng gió nhiều nhất" : "most frequent direction"} ${compassName(top[0], lang)} (${valueOf(top[1], of, lang)})`,
    );
  if (calm !== null) clauses.push(`${lang === "vi" ? "lặng gió" : "calm"} ${valueOf(calm, of, lang)}`);
  return clauses;
}

/** Two-way tables: highest and lowest cell, and how many have no value. */
function tableClauses(reading: Reading, context: SummaryContext): string[] {
  const { lang, nameOf } = context;
  const vi = lang === "vi";
  const series = reading.series[0]!;
  const span = extremeData(series.data)!;
  const axis = (value: string | number | null, column: NonNullable<Reading["x"]>): string => {
    if (value === null) return "";
    if (column.type === "number" && /hour/i.test(column.id))
      return `${String(value).padStart(2, "0")}:00–${String(Number(value) + 1).padStart(2, "0")}:00`;
    if (column.type === "number" && /weekday/i.test(column.id)) return weekdayName(Number(value), lang);
    return cellName(value, column, lang, nameOf);
  };
  const place = (datum: Datum): string => {
    const [x, y] = [axis(datum.x, reading.x!), axis(datum.y, reading.y!)];
    return reading.x!.type === "time" ? `${y}, ${x}` : `${x} ${y}`;
  };
  const missing = series.data.filter((datum) => datum.value === null).length;
  const [high, low] = [valueOf(span.high.value!, series, lang), valueOf(span.low.value!, series, lang)];
  return [
    vi
      ? `cao nhất ${high} (${place(span.high)}), thấp nhất ${low} (${place(span.low)})`
      : `highest ${high} (${place(span.high)}), lowest ${low} (${place(span.low)})`,
    missing === 0
      ? ""
      : vi
        ? `${formatShare(missing / series.data.length, lang)} ô chưa có số liệu`
        : `${formatShare(missing / series.data.length, lang)} of cells without data`,
  ];
}
