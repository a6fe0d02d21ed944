import { meanOf, roundHalfUp } from "./aggregate.ts";

/**
 * Vietnamese water quality index, Decision 1460/QĐ-TCMT of 12 November 2019. Concentrations in mg/L, germs per 100 mL,
 * temperature in Cel. Breakpoints and curves come from the pack's reference table, never from here.
 */
interface WqiTable {
  levels: readonly number[];
  breakpoints_mgl: Readonly<Record<string, readonly number[]>>;
  microbes_per_100ml: Readonly<Record<string, readonly number[]>>;
  no2_n: { limit: number; at_or_below: number; above: number };
  ph: Curve;
  do_pct: Curve;
  /** Coefficients of the powers of the temperature, lowest first. */
  do_saturation_mgl: readonly number[];
}

/** Straight lines between points, with one score outside of them. */
interface Curve {
  points: readonly (readonly [number, number])[];
  outside: number;
}

/**
 * Score by breakpoints: the first level at or below the first breakpoint, linear between two, the last level above the last.
 * Two equal breakpoints are a jump: the value itself still has the better score.
 */
export function scoreByBreakpoints(
  levels: readonly number[],
  breakpoints: readonly number[],
  value: number,
): number | null {
  const place = breakpoints.findIndex((breakpoint) => value <= breakpoint);
  if (place < 0) return levels.at(-1) ?? null;
  if (place === 0) return levels[0] ?? null;
  const [low, high] = [breakpoints[place - 1] as number, breakpoints[place] as number];
  const [from, to] = [levels[place - 1] as number, levels[place] as number];
  return from + ((to - from) * (value - low)) / (high - low);
}

export function scoreByCurve({ points, outside }: Curve, value: number): number {
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1] as readonly [number, number];
    const [x1, y1] = points[i] as readonly [number, number];
    if (value >= x0 && value <= x1) return y0 + ((y1 - y0) * (value - x0)) / (x1 - x0);
  }
  return outside;
}

/** Dissolved oxygen in percent of what water of that temperature holds; null when either is not known. */
export function oxygenPercent(
  coefficients: readonly number[],
  temperature: number | null,
  oxygen: number | null,
): number | null {
  if (temperature === null || oxygen === null) return null;
  const saturation = coefficients.reduce((sum, coefficient, power) => sum + coefficient * temperature ** power, 0);
  return saturation > 0 ? (100 * oxygen) / saturation : null;
}

/** What a sample holds, by the names of the table and `temp`, `ph`, `do`; what was not measured is null. */
export type Sample = (parameter: string) => number | null;

/** Scores of group IV (organic and nutrients): those of the breakpoints, nitrite, and oxygen by its saturation. */
function organicScores(sample: Sample, table: WqiTable): (number | null)[] {
  const oxygen = oxygenPercent(table.do_saturation_mgl, sample("temp"), sample("do"));
  const nitrite = sample("no2_n");
  const { limit, at_or_below, above } = table.no2_n;
  return [
    ...Object.entries(table.breakpoints_mgl).map(([parameter, breakpoints]) => {
      const value = sample(parameter);
      return value === null ? null : scoreByBreakpoints(table.levels, breakpoints, value);
    }),
    oxygen === null ? null : scoreByCurve(table.do_pct, oxygen),
    nitrite === null ? null : nitrite <= limit ? at_or_below : above,
  ];
}

/**
 * VN_WQI of a sample, 0 to 100. With A the mean score of group IV (oxygen, organic matter, nutrients) and B that of group V
 * (germs): core = (A^2 B)^(1/3), or A without germs; index = pH score / 100 * core, rounded half up, the pH factor 1 where pH is
 * missing. Pesticides and metals (groups II and III) are not sampled here. Null unless group IV has three values and another
 * group is there.
 */
export function vnWqi(sample: Sample, table: WqiTable): number | null {
  const organic = organicScores(sample, table).filter((score) => score !== null);
  const germs = Object.entries(table.microbes_per_100ml).map(([parameter, breakpoints]) => {
    const value = sample(parameter);
    return value === null ? null : scoreByBreakpoints(table.levels, breakpoints, value);
  });
  const ph = sample("ph");
  const [a, b] = [meanOf(organic), meanOf(germs)];
  if (a === null || organic.length < 3 || (b === null && ph === null)) return null;
  const core = b === null ? a : Math.cbrt(a * a * b);
  return roundHalfUp(((ph === null ? 100 : scoreByCurve(table.ph, ph)) / 100) * core);
}
