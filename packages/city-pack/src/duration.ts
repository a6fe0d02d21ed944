const pattern =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const day = 86_400;

/**
 * Seconds of an ISO 8601 duration such as `PT10M` or `P7D`; null when the text is none. Years and months count 365 and 30
 * days: good for comparing, not for calendar arithmetic.
 */
export function durationSeconds(text: string): number | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const parts = match.slice(1).map((part) => Number(part ?? 0));
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  return (years * 365 + months * 30 + weeks * 7 + days) * day + hours * 3600 + minutes * 60 + seconds;
}
