import type { ChartKind, Frame, Lang } from "@ioc/contracts";
import { cellName, usualStep, type Datum, type Reading, type Series } from "./columns.ts";
import type { ChartContext } from "./context.ts";
import { formatNumber, formatShare, formatValue } from "./format.ts";
import { binsOf } from "./renderers/bins.ts";
import { instantText } from "./renderers/shared.ts";
import { unitText, withUnit } from "./units.ts";

type SummaryContext = Pick<ChartContext, "lang" | "nameOf">;

/** Clauses for kinds that show a distribution, a profile, flows or shares; null for all others. */
export function shapeClauses(
  kind: ChartKind,
  frame: Frame,
  reading: Reading,
  context: SummaryContext,
): string[] | null {
  switch (kind) {
    case "histogram":
      return histogramClauses(frame, reading, context);
    case "boxplot":
      return spreadClauses(reading, context);
    case "radar":
      return radarClauses(frame, reading, context);
    case "sankey":
      return flowClauses(reading, context);
    case "treemap":
      return shareClauses(reading, context);
    default:
      return null;
  }
}

function knownOf(series: readonly Series[]): Datum[] {
  return series.flatMap((each) => each.data.filter((datum) => datum.value !== null));
}

function byValue(data: readonly Datum[]): Datum[] {
  return data.toSorted((a, b) => b.value! - a.value!);
}

const valueOf = (value: number, of: Series, lang: Lang): string => formatValue(value, of.unit, of.decimals, lang);

function missing(reading: Reading, lang: Lang, vi: string, en: string): string {
  const count = reading.series.reduce((all, each) => all + each.data.filter((datum) => datum.value === null).length, 0);
  return count === 0 ? "" : `${formatNumber(count, lang)} ${lang === "vi" ? vi : en}`;
}

/** ` (17%)` of a sum; empty for what is a share itself. */
function shareText(value: number, sum: number, of: Series, lang: Lang): string {
  return of.unit === "%" || sum <= 0 ? "" : ` (${formatShare(value / sum, lang)})`;
}

/** ` và 3 phần khác` behind a list of the first. */
function moreText(count: number, vi: string, lang: Lang): string {
  if (count <= 0) return "";
  return lang === "vi" ? ` và ${formatNumber(count, lang)} ${vi} khác` : ` and ${formatNumber(count, lang)} more`;
}

/** The fullest class, and how many values there are. */
function histogramClauses(frame: Frame, reading: Reading, context: SummaryContext): string[] {
  const { lang } = context;
  const of = reading.series[0]!;
  const bins = binsOf({ frame, reading, context }).filter((bin) => bin.datum.value !== null);
  const top = bins.reduce((best, bin) => (bin.datum.value! > best.datum.value! ? bin : best));
  const sum = bins.reduce((all, bin) => all + bin.datum.value!, 0);
  const unit = unitText(reading.x!.unit ?? "1", lang);
  const name = unit === "" ? top.name : `${top.name}\u00a0${unit}`;
  const value = valueOf(top.datum.value!, of, lang);
  return [
    `${lang === "vi" ? "nhiều nhất ở lớp" : "most in class"} ${name}: ${value}${shareText(top.datum.value!, sum, of, lang)}`,
    of.unit === "%" ? "" : `${lang === "vi" ? "tổng" : "total"} ${valueOf(sum, of, lang)}`,
  ];
}

/** Highest and lowest median with the middle half around them. */
function spreadClauses(reading: Reading, { lang, nameOf }: SummaryContext): string[] {
  const of = reading.series[0]!;
  const data = byValue(knownOf(reading.series));
  const step = reading.x!.type === "time" ? usualStep(of.data.map((datum) => Number(datum.x))) : null;
  const half = (datum: Datum): string => {
    if (datum.q1 === null || datum.q3 === null) return "";
    const range = `${formatNumber(datum.q1, lang, of.decimals)}–${valueOf(datum.q3, of, lang)}`;
    return `, ${lang === "vi" ? "giữa 50%" : "middle 50%"} ${range}`;
  };
  const place = (datum: Datum): string => {
    const time = reading.x!.type === "time";
    const name = time ? instantText(Number(datum.x), step, lang) : cellName(datum.x, reading.x!, lang, nameOf);
    return `${valueOf(datum.value!, of, lang)} (${name}${half(datum)})`;
  };
  const [top, low] = [data[0]!, data.at(-1)!];
  if (data.length === 1) return [`${lang === "vi" ? "trung vị" : "median"} ${place(top)}`];
  return [
    lang === "vi"
      ? `trung vị cao nhất ${place(top)}, thấp nhất ${place(low)}`
      : `highest median ${place(top)}, lowest ${place(low)}`,
    missing(reading, lang, "nơi chưa có số liệu", "without data"),
  ];
}

/** Strongest and weakest score of each of two subjects, or of the reader's own; of many the extremes of all. */
function radarClauses(frame: Frame, reading: Reading, context: SummaryContext): string[] {
  const { series } = reading;
  const own = series.filter((each) => each.id === frame.subject);
  if (series.length <= 2 || own.length > 0)
    return (own.length > 0 && series.length > 2 ? own : series).flatMap((each) =>
      profileClause(
        each.data.map((datum) => ({ datum, series: each })),
        series.length > 1 ? `${each.name}: ` : "",
        false,
        reading,
        context,
      ),
    );
  return profileClause(
    series.flatMap((each) => each.data.map((datum) => ({ datum, series: each }))),
    "",
    true,
    reading,
    context,
  );
}

function profileClause(
  all: readonly { datum: Datum; series: Series }[],
  who: string,
  named: boolean,
  reading: Reading,
  { lang, nameOf }: SummaryContext,
): string[] {
  const share = ({ datum }: { datum: Datum }): number => datum.value! / (datum.max ?? 1);
  const known = all.filter(({ datum }) => datum.value !== null).sort((a, b) => share(b) - share(a));
  if (known.length === 0) return [];
  const place = ({ datum, series }: { datum: Datum; series: Series }): string => {
    const number = formatNumber(datum.value, lang, series.decimals);
    const score = datum.max === null ? number : `${number}/${formatNumber(datum.max, lang)}`;
    const axis = cellName(datum.x, reading.x!, lang, nameOf);
    return `${withUnit(score, series.unit, lang)} (${named ? `${series.name}, ` : ""}${axis})`;
  };
  const [top, low] = [place(known[0]!), place(known.at(-1)!)];
  return [lang === "vi" ? `${who}cao nhất ${top}, thấp nhất ${low}` : `${who}highest ${top}, lowest ${low}`];
}

/** The three broadest flows. */
function flowClauses(reading: Reading, { lang, nameOf }: SummaryContext): string[] {
  const of = reading.series[0]!;
  const data = byValue(knownOf(reading.series));
  const flow = ({ x, y, value }: Datum): string =>
    `${cellName(x, reading.x!, lang, nameOf)} → ${cellName(y, reading.y!, lang, nameOf)}: ${valueOf(value!, of, lang)}`;
  const list = data.slice(0, 3).map(flow).join(", ");
  return [
    `${lang === "vi" ? "luồng lớn nhất" : "largest flows"} ${list}${moreText(data.length - 3, "luồng", lang)}`,
    missing(reading, lang, "luồng chưa có số liệu", "flows without data"),
  ];
}

/** The three largest parts with their shares, and the sum. */
function shareClauses(reading: Reading, { lang, nameOf }: SummaryContext): string[] {
  const of = reading.series[0]!;
  const data = byValue(knownOf(reading.series));
  const sum = data.reduce((all, datum) => all + datum.value!, 0);
  const part = ({ x, value }: Datum): string =>
    `${cellName(x, reading.x!, lang, nameOf)}: ${valueOf(value!, of, lang)}${shareText(value!, sum, of, lang)}`;
  const list = data.slice(0, 3).map(part).join(", ");
  return [
    `${lang === "vi" ? "lớn nhất" : "largest"} ${list}${moreText(data.length - 3, "phần", lang)}`,
    of.unit === "%" ? "" : `${lang === "vi" ? "tổng" : "total"} ${valueOf(sum, of, lang)}`,
    missing(reading, lang, "phần chưa có số liệu", "parts without data"),
  ];
}
