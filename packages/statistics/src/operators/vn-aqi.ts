import { roundHalfUp } from "./aggregate.ts";

/**
 * Vietnamese air quality index, Decision 1459/QĐ-TCMT of 12 November 2019. Concentrations in ug/m3 (CO too), hour values
 * labelled by their end. The breakpoints come from the pack's reference table, never from here.
 */
export const pollutants = ["pm25", "pm10", "o3", "no2", "so2", "co"] as const;
export type Pollutant = (typeof pollutants)[number];

/** A row of breakpoints beside the index steps; null where the decision defines none. */
export interface AqiTable {
  index: readonly number[];
  breakpoints: Readonly<Record<string, readonly (number | null)[]>>;
}

export interface AqiResult {
  /** The largest rounded sub-index; null without a PM sub-index. */
  index: number | null;
  /** Pollutant that decides; on a tie the first in the order of {@link pollutants}. */
  dominant: Pollutant | null;
  sub: Record<Pollutant, number | null>;
}

/**
 * NowCast of PM2.5 or PM10 from the last 12 hour values, newest first: c1, c2, … c12. Needs at least two of c1, c2, c3.
 * w = max(0.5, smallest / largest); result = sum(w^(i-1) c_i) / sum(w^(i-1)) over the valid hours. All zero gives 0.
 */
export function nowCast(newestFirst: readonly (number | null)[]): number | null {
  const hours = newestFirst.slice(0, 12);
  if (hours.slice(0, 3).filter((value) => value !== null && value !== undefined).length < 2) return null;
  const found = hours.filter((value): value is number => value !== null);
  const largest = Math.max(...found);
  if (largest <= 0) return 0;
  const weight = Math.max(0.5, Math.min(...found) / largest);
  let sum = 0;
  let weights = 0;
  hours.forEach((value, i) => {
    if (value === null) return;
    sum += weight ** i * value;
    weights += weight ** i;
  });
  return sum / weights;
}

/**
 * Sub-index by linear interpolation in one row of the table, unrounded. At or above the last breakpoint 500. A row that
 * ends early (8 h ozone) gives null above its last breakpoint.
 */
export function aqiSubIndex(table: AqiTable, row: string, concentration: number | null): number | null {
  if (concentration === null) return null;
  const points = table.breakpoints[row];
  if (!points) throw new Error(`the index table has no row "${row}"`);
  const value = Math.max(0, concentration);
  for (let i = 1; i < points.length; i++) {
    const low = points[i - 1] ?? null;
    const high = points[i] ?? null;
    if (low === null || high === null) return null;
    if (value > high) continue;
    const from = table.index[i - 1] as number;
    const to = table.index[i] as number;
    return from + ((to - from) * (value - low)) / (high - low);
  }
  return table.index[points.length - 1] ?? null;
}

function decide(sub: Record<Pollutant, number | null>): AqiResult {
  if (sub.pm25 === null && sub.pm10 === null) return { index: null, dominant: null, sub };
  let dominant: Pollutant | null = null;
  for (const pollutant of pollutants) {
    const value = sub[pollutant];
    if (value !== null && (dominant === null || value > (sub[dominant] as number))) dominant = pollutant;
  }
  return { index: dominant === null ? null : sub[dominant], dominant, sub };
}

const rounded = (value: number | null) => (value === null ? null : roundHalfUp(value));

/**
 * VN_AQI of an hour.
 * @param newestFirst hour values of each pollutant, newest first: 12 for PM2.5 and PM10, the last hour alone for the others
 */
export function vnAqiHour(
  newestFirst: Readonly<Partial<Record<Pollutant, readonly (number | null)[]>>>,
  table: AqiTable,
): AqiResult {
  const last = (pollutant: Pollutant) => newestFirst[pollutant]?.[0] ?? null;
  return decide({
    pm25: rounded(aqiSubIndex(table, "pm25", nowCast(newestFirst.pm25 ?? []))),
    pm10: rounded(aqiSubIndex(table, "pm10", nowCast(newestFirst.pm10 ?? []))),
    o3: rounded(aqiSubIndex(table, "o3_1h", last("o3"))),
    no2: rounded(aqiSubIndex(table, "no2", last("no2"))),
    so2: rounded(aqiSubIndex(table, "so2", last("so2"))),
    co: rounded(aqiSubIndex(table, "co", last("co"))),
  });
}

/** What enters the index of a day. Each is null when it has too few hours. */
export interface DayConcentrations {
  pm25: number | null;
  pm10: number | null;
  o3Hour: number | null;
  o3EightHours: number | null;
  no2: number | null;
  so2: number | null;
  co: number | null;
}

/** VN_AQI of a day from its concentrations. Ozone: the larger of the 1 h and the 8 h sub-index (8 h left out above 400). */
export function vnAqiDay(day: DayConcentrations, table: AqiTable): AqiResult {
  const oneHour = aqiSubIndex(table, "o3_1h", day.o3Hour);
  const eightHours = aqiSubIndex(table, "o3_8h", day.o3EightHours);
  const ozone = oneHour === null || eightHours === null ? (oneHour ?? eightHours) : Math.max(oneHour, eightHours);
  return decide({
    pm25: rounded(aqiSubIndex(table, "pm25", day.pm25)),
    pm10: rounded(aqiSubIndex(table, "pm10", day.pm10)),
    o3: rounded(ozone),
    no2: rounded(aqiSubIndex(table, "no2", day.no2)),
    so2: rounded(aqiSubIndex(table, "so2", day.so2)),
    co: rounded(aqiSubIndex(table, "co", day.co)),
  });
}

/**
 * Concentrations of a local day from hour values.
 * @param hours 24 values of each pollutant, labelled 01:00 to 24:00
 * @param ozoneBefore the 7 ozone values before them (labelled 18:00 to 24:00 of the day before), oldest first
 */
export function dayConcentrations(
  hours: Readonly<Partial<Record<Pollutant, readonly (number | null)[]>>>,
  ozoneBefore: readonly (number | null)[],
): DayConcentrations {
  const largest = (values: readonly (number | null)[] | undefined) => {
    const found = (values ?? []).filter((value): value is number => value !== null);
    return found.length === 0 ? null : Math.max(...found);
  };
  const mean = (values: readonly (number | null)[] | undefined, atLeast: number) => {
    const found = (values ?? []).filter((value): value is number => value !== null);
    return found.length < atLeast ? null : found.reduce((sum, value) => sum + value, 0) / found.length;
  };
  const ozone = [...ozoneBefore, ...(hours.o3 ?? [])];
  const eightHourMeans: (number | null)[] = [];
  for (let end = ozoneBefore.length; end < ozone.length; end++) {
    eightHourMeans.push(mean(ozone.slice(Math.max(0, end - 7), end + 1), 6));
  }
  return {
    pm25: mean(hours.pm25, 18),
    pm10: mean(hours.pm10, 18),
    o3Hour: largest(hours.o3),
    o3EightHours: largest(eightHourMeans),
    no2: largest(hours.no2),
    so2: largest(hours.so2),
    co: largest(hours.co),
  };
}
