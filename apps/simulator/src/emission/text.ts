const dayMs = 86_400_000;
const two = (value: number): string => String(value).padStart(2, "0");
const minutes = Array.from({ length: 1440 }, (_, i) => `${two(Math.floor(i / 60))}:${two(i % 60)}:`);
const seconds = Array.from({ length: 60 }, (_, i) => `${two(i)}Z`);
const fractions = [0, 1, 2, 3].map((digits) =>
  Array.from({ length: 10 ** digits }, (_, i) => (digits === 0 ? "" : `.${String(i).padStart(digits, "0")}`)),
);

let knownDay = Number.NaN;
let dayText = "";

/** ISO 8601 text of a time in whole seconds (ms UTC), much faster than Date for many times of one day. */
export function isoText(time: number): string {
  const day = Math.floor(time / dayMs);
  if (day !== knownDay) {
    knownDay = day;
    dayText = new Date(day * dayMs).toISOString().slice(0, 11);
  }
  const second = Math.floor((time - day * dayMs) / 1000);
  return dayText + (minutes[Math.floor(second / 60)] ?? "") + (seconds[second % 60] ?? "");
}

/** Decimal text of a number with at most 6 digits behind the point. */
export function numberText(value: number, decimals: number): string {
  if (decimals > 3) return value.toFixed(decimals);
  const scale = 10 ** decimals;
  const scaled = Math.round(Math.abs(value) * scale);
  const whole = Math.floor(scaled / scale);
  const sign = value < 0 && scaled > 0 ? "-" : "";
  return sign + String(whole) + (fractions[decimals]?.[scaled - whole * scale] ?? "");
}

/** JSON text of one observation of the public intake. */
export function observationText(prefix: string, time: number, value: number, decimals: number): string {
  return `${prefix}${isoText(time)}","result":${numberText(value, decimals)}}`;
}

/** First part of a datastream's observations, up to the time. Ids hold no characters that JSON escapes. */
export function prefixOf(datastream: string): string {
  return `{"datastream":"${datastream}","phenomenonTime":"`;
}

/** Body of `POST /api/v1/observations`. */
export function bodyOf(lines: readonly string[]): string {
  return `{"observations":[${lines.join(",")}]}`;
}
