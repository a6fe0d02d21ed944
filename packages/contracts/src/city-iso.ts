const slotMs = 900_000;

/**
 * Writes instants as ISO 8601 with the offset of a time zone, daylight saving included: `2026-10-22T09:00:00+07:00`,
 * milliseconds only where there are any. No zone changes its clock within a quarter of an hour of UTC, so that the offset is
 * looked up once for each.
 * @throws {RangeError} when the zone is not known
 */
export function createCityIso(timeZone: string): (time: number) => string {
  const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  let slot = NaN;
  let offsetMs = 0;
  let suffix = "";
  return (time) => {
    const own = Math.floor(time / slotMs);
    if (own !== slot) {
      slot = own;
      const name = format.formatToParts(own * slotMs).find((part) => part.type === "timeZoneName")?.value ?? "";
      const [, sign = "+", hours = "00", minutes = "00"] = /([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
      offsetMs = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
      suffix = `${sign}${hours}:${minutes}`;
    }
    const text = new Date(time + offsetMs).toISOString();
    return (time % 1000 === 0 ? text.slice(0, 19) : text.slice(0, 23)) + suffix;
  };
}
