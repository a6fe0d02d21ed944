import type { Frame, Lang } from "@ioc/contracts";
import { formatChange, formatSigned } from "./format.ts";
import { formatSpan } from "./time.ts";
import { unitText } from "./units.ts";

type Headline = Pick<Frame, "value" | "previous" | "unit" | "decimals" | "window">;

/**
 * Change against the preceding window of the same length: `↑ 0,11 m / 30 phút`; of a number without a unit
 * `↓ 11 so với 12 giờ trước`, because `11 / 12` would read as a fraction. Empty when one of the two is missing.
 * @param against what it is compared with, in words (`so với tháng trước`), where a length of time says it badly
 */
export function formatTrend(
  { value, previous, unit, decimals, window }: Headline,
  lang: Lang,
  against?: string,
): string {
  if (value === null || previous === null) return "";
  const change = value - previous;
  const signed = formatSigned(change, lang, decimals);
  const arrow = signed.startsWith("+") ? "↑" : signed.startsWith("\u2212") ? "↓" : "→";
  const size = formatChange(change, unit, decimals, lang);
  if (against !== undefined) return `${arrow} ${size} ${against}`;
  const length = formatSpan(window.to - window.from, lang);
  if (unitText(unit, lang) !== "") return `${arrow} ${size} / ${length}`;
  return lang === "vi" ? `${arrow} ${size} so với ${length} trước` : `${arrow} ${size} on the ${length} before`;
}
