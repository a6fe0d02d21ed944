const dayMs = 86_400_000;

/** ISO week (1 to 53) and its year of a week that starts at `start`, by the Thursday in it. */
function isoWeek(start: number, date: (time: number) => string): { year: number; week: number } {
  const thursday = date(start + 3 * dayMs);
  const year = Number(thursday.slice(0, 4));
  const days = (Date.parse(`${thursday}T00:00:00Z`) - Date.UTC(year, 0, 1)) / dayMs;
  return { year, week: Math.floor(days / 7) + 1 };
}

/**
 * For each of consecutive weeks the places of the same ISO week and of `around` weeks on either side of it in the `years` years
 * before. Week 53 uses week 52. Years that do not reach back so far are left out.
 *
 * @param starts of the weeks, ascending, ms
 * @param date local date of an instant, `YYYY-MM-DD`
 */
export function sameWeeksBefore(
  starts: readonly number[],
  years: number,
  around: number,
  date: (time: number) => string,
): number[][] {
  const weeks = starts.map((start) => isoWeek(start, date));
  const place = new Map(weeks.map(({ year, week }, i) => [year * 100 + week, i]));
  return weeks.map(({ year, week }) => {
    const centres = Array.from({ length: years }, (_, back) =>
      place.get((year - back - 1) * 100 + Math.min(week, 52)),
    ).filter((centre) => centre !== undefined);
    return centres.flatMap((centre) =>
      Array.from({ length: 2 * around + 1 }, (_, i) => centre - around + i).filter((i) => i >= 0),
    );
  });
}
