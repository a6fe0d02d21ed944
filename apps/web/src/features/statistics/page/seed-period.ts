import type { Lang } from "@ioc/contracts";
import { cityTime, formatMonth } from "@ioc/charts/time";

/** Period of a published figure in words: `2023` → `Năm 2023`, `2023-Q2` → `Quý 2/2023`, `2023-06` → `06/2023`. */
export function periodText(period: string, lang: Lang): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) return lang === "vi" ? `Quý ${quarter[2]}/${quarter[1]}` : `Q${quarter[2]} ${quarter[1]}`;
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return formatMonth(cityTime(Number(month[1]), Number(month[2])), lang);
  return lang === "vi" && /^\d{4}$/.test(period) ? `Năm ${period}` : period;
}
