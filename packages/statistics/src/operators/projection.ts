const months = 12;

/** Amounts of the months of a year, January first; null = not reported. Quarters stand at their last month. */
export type YearOfMonths = readonly (number | null)[];

export interface YearEnd {
  /** Sum of the year so far. */
  toDate: number;
  /** Months of the year that it covers. */
  months: number;
  /** Share of a year that is usually reached by then, 0..1. */
  share: number;
  /** toDate / share; null where the share is 0. */
  projected: number | null;
}

const isQuarterEnd = (month: number): boolean => month % 3 === 2;

/** Last month of an unbroken row of months, or of quarters, from the start of the year; -1 when there is none or a gap in it. */
function lastKnown(year: YearOfMonths): number {
  const known = year.flatMap((value, month) => (value === null ? [] : [month]));
  const last = known.at(-1) ?? -1;
  const quarters = known.length > 0 && known.every(isQuarterEnd);
  return known.length === (quarters ? (last + 1) / 3 : last + 1) ? last : -1;
}

/**
 * What a year comes to: the amount to date divided by the share of the year that was reached by that month in earlier years, on
 * average, or where there is no complete earlier year the share of the months gone by.
 *
 * @param year the year that runs
 * @param before earlier years; those that are not complete, or come to nothing, are left out
 * @returns null where nothing is known of the year, or a month is missing within it
 */
export function yearEnd(year: YearOfMonths, before: readonly YearOfMonths[]): YearEnd | null {
  const last = lastKnown(year);
  if (last < 0) return null;
  const sum = (of: YearOfMonths, end: number) => of.slice(0, end + 1).reduce<number>((all, one) => all + (one ?? 0), 0);
  const shares = before.flatMap((past) => {
    const total = sum(past, months - 1);
    return lastKnown(past) === months - 1 && total > 0 ? [sum(past, last) / total] : [];
  });
  const share = shares.length > 0 ? shares.reduce((all, one) => all + one, 0) / shares.length : (last + 1) / months;
  const toDate = sum(year, last);
  return { toDate, months: last + 1, share, projected: share > 0 ? toDate / share : null };
}
