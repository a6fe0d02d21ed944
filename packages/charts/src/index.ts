export {
  fontFamily,
  fontWeights,
  lightOutline,
  motions,
  radii,
  riskColors,
  rowHeights,
  seriesStyles,
  severityStyles,
  spaces,
  themes,
  typeScale,
  vnAqiBands,
} from "./tokens.ts";
export type {
  Density,
  Scheme,
  SeverityShape,
  Swatch,
  Theme,
  ThemeColors,
  ThemeTokens,
  TypeRole,
  TypeStyle,
} from "./tokens.ts";
export { formatChange, formatLimit, formatNumber, formatShare, formatSigned, formatValue, noValue } from "./format.ts";
export {
  cityParts,
  cityTime,
  formatAge,
  formatAsOf,
  formatClock,
  formatDate,
  formatDateTime,
  formatDayMonth,
  formatDuration,
  formatIsoDuration,
  formatMonth,
  formatShortDateTime,
  formatSpan,
  formatStaleness,
  formatTime,
  formatTimeRange,
  formatWeekdayDate,
  monthName,
  startOfCityDay,
  weekdayName,
} from "./time.ts";
export type { CityParts } from "./time.ts";
export { unitSpoken, unitText } from "./units.ts";
export { chartOption, chartPlan } from "./chart-option.ts";
export type { AreaShapes, ChartContext, ChartPlan, ChartPoint, Extent, Position } from "./context.ts";
export { renderSvg, subtitleOf, titleOf } from "./svg.ts";
export type { CardContext } from "./svg.ts";
export { summaryOf } from "./summary.ts";
export { timeSeriesOption, timeSeriesPlan } from "./time-series.ts";
export type { HistoryLook } from "./time-series.ts";
export { formatTrend } from "./trend.ts";
