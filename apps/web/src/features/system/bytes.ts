import type { Lang } from "@ioc/contracts";
import { formatNumber, noValue } from "@ioc/charts/format";

const units = ["B", "kB", "MB", "GB", "TB"] as const;

/** Three significant digits in powers of 1,000: `1,24 GB`, `56,1 MB`, `812 B`. */
export function formatBytes(bytes: number | null | undefined, lang: Lang): string {
  if (bytes === null || bytes === undefined || !Number.isFinite(bytes)) return noValue;
  let at = 0;
  let value = bytes;
  // What would round to 1000 belongs to the next unit.
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  const decimals = at === 0 ? 0 : value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${formatNumber(value, lang, decimals)}\u00a0${units[at]}`;
}
