import { fewestForecastCases } from "@ioc/contracts";
import type { ForecastSkill } from "@ioc/contracts";
import { coverage, meanAbsoluteError, pinball } from "@ioc/forecasting";
import type { ForecastRow } from "./rows.ts";

/** Parts of the horizon that are told apart. */
const parts = 4;

/** How forecasts did, all leads together first, then by quarters of the horizon that have cases. @param horizonHours hours */
export function skillOf(rows: readonly ForecastRow[], horizonHours: number): ForecastSkill[] {
  const known = rows.filter(({ actual, median }) => actual !== null && median !== null);
  const quarter = horizonHours / parts;
  const byPart = Map.groupBy(known, ({ leadHours }) => Math.min(parts, Math.max(1, Math.ceil(leadHours / quarter))));
  const apart = Array.from({ length: parts }, (_, i) => [(i + 1) * quarter, byPart.get(i + 1) ?? []] as const);
  return [
    scoresOf(known, null),
    ...apart.filter(([, cases]) => cases.length > 0).map(([lead, cases]) => scoresOf(cases, lead)),
  ];
}

function scoresOf(rows: readonly ForecastRow[], leadHours: number | null): ForecastSkill {
  const scores = { mase: null, skill: null, pinball: null, coverage80: null, coverage95: null };
  if (rows.length < fewestForecastCases) return { leadHours, cases: rows.length, ...scores };
  const column = (field: "actual" | "median" | "naive" | "lo80" | "hi80" | "lo95" | "hi95") =>
    rows.map((row) => row[field]);
  const [actual, median] = [column("actual"), column("median")];
  const mase = againstNaive(rows);
  return {
    leadHours,
    cases: rows.length,
    mase,
    skill: mase === null ? null : 1 - mase,
    pinball: pinball(actual, column("lo80"), median, column("hi80")),
    coverage80: coverage(actual, column("lo80"), column("hi80")),
    coverage95: coverage(actual, column("lo95"), column("hi95")),
  };
}

/** Mean absolute error over that of the naive forecasts, on the cases that have both. */
function againstNaive(rows: readonly ForecastRow[]): number | null {
  const both = rows.filter(({ naive }) => naive !== null);
  const actual = both.map((row) => row.actual);
  const own = meanAbsoluteError(
    actual,
    both.map((row) => row.median),
  );
  const naive = meanAbsoluteError(
    actual,
    both.map((row) => row.naive),
  );
  return own === null || naive === null || naive === 0 ? null : own / naive;
}
