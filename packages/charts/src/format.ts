import type { Lang } from "@ioc/contracts";
import { withUnit } from "./units.ts";

/** What stands for a value that is not there. Never 0. */
export const noValue = "—";

const formatters = new Map<string, Intl.NumberFormat>();

function numberFormatter(lang: Lang, least: number, most: number): Intl.NumberFormat {
  const key = `${lang} ${least} ${most}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(lang === "vi" ? "vi-VN" : "en-GB", {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
      useGrouping: true,
      roundingMode: "halfExpand",
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

/**
 * `36.571,5` in Vietnamese, `36,571.5` in English, rounded half away from zero to `decimals` places (0 to 6). A real minus
 * sign, never a negative zero; null and values that are not finite give `—`.
 */
export function formatNumber(value: number | null | undefined, lang: Lang, decimals = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return noValue;
  const text = numberFormatter(lang, decimals, decimals).format(value);
  const plain = text.replace(/^-/, "");
  return text === plain || !/[1-9]/.test(plain) ? plain : `\u2212${plain}`;
}

/** Decimals that a limit needs, at most `decimals` and one: 1.8 → 1, 100 → 0. */
export function neededDecimals(value: number, decimals: number): number {
  const most = Math.max(1, decimals);
  const places = Array.from({ length: most + 1 }, (_, index) => index);
  return places.find((each) => Math.abs(Number(value.toFixed(each)) - value) < 1e-9) ?? most;
}

/** A limit with the decimals it needs: `1,8`, `0,5`, `100`. */
export function formatLimit(value: number, lang: Lang, decimals: number): string {
  return formatNumber(value, lang, neededDecimals(value, decimals));
}

/** Axis numbers: only the decimals that the step between two ticks needs. */
export function formatTick(value: number, lang: Lang, step: number): string {
  const size = Math.abs(step) || 1;
  const places = Array.from({ length: 7 }, (_, index) => index);
  const decimals = places.find((each) => Math.abs(Number(size.toFixed(each)) - size) < size * 1e-9) ?? 6;
  return formatNumber(value, lang, decimals);
}

/** Value with its unit (UCUM code): `74,2 mm`, `97,1%`, `VND 36,571 billion`. The space does not break. */
export function formatValue(value: number | null | undefined, unit: string, decimals: number, lang: Lang): string {
  const number = formatNumber(value, lang, decimals);
  return number === noValue ? number : withUnit(number, unit, lang, number === "1");
}

/** A change with its sign: `+0,11`, `−3`, `0`. */
export function formatSigned(value: number | null | undefined, lang: Lang, decimals = 0): string {
  const text = formatNumber(value, lang, decimals);
  return text !== noValue && value! > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** Size of a change with its unit, without its sign; between percentages in points: `0,2 điểm %`. */
export function formatChange(change: number, unit: string, decimals: number, lang: Lang): string {
  const number = formatNumber(Math.abs(change), lang, decimals);
  if (unit === "%") return `${number}\u00a0${lang === "vi" ? "điểm\u00a0%" : number === "1" ? "point" : "points"}`;
  return withUnit(number, unit, lang, number === "1");
}

/** A share of 0..1 as percent: `97%`; with `decimals` 1 `97,1%`. A part of less than all never reads 100%. */
export function formatShare(share: number | null | undefined, lang: Lang, decimals = 0): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return noValue;
  const scale = 10 ** decimals;
  const rounded = Math.round(share * 100 * scale) / scale;
  const shown = share < 1 && rounded >= 100 ? 100 - 1 / scale : share > 0 && rounded <= 0 ? 1 / scale : rounded;
  return `${formatNumber(shown, lang, decimals)}%`;
}
