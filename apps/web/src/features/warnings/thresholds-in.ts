/** A number in a condition of a level that is compared with a signal: `d >= 0.2`. */
export interface ThresholdIn {
  value: number;
  /** What stands before it: `d >=`. */
  comparison: string;
  /** Place of the number in the text. */
  start: number;
  end: number;
}

const number = /(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])/g;
const before = /([a-z_][a-z0-9_]*\s*(?:>=|<=|>|<))\s*$/i;

/** Numbers of a condition that a reader may change: those behind >=, >, <= or <; equalities are marks, not thresholds. */
export function thresholdsIn(when: string): ThresholdIn[] {
  return [...when.matchAll(number)].flatMap((match) => {
    const [comparison] = (before.exec(when.slice(0, match.index)) ?? []).slice(1);
    if (comparison === undefined) return [];
    const [text] = match;
    return [{ value: Number(text), comparison, start: match.index, end: match.index + text.length }];
  });
}

/** The condition with other numbers in the place of its thresholds; as many as {@link thresholdsIn} finds. */
export function withThresholds(when: string, values: readonly number[]): string {
  let changed = when;
  thresholdsIn(when)
    .map((threshold, i) => ({ ...threshold, value: values[i] ?? threshold.value }))
    .toReversed()
    .forEach(({ start, end, value }) => (changed = `${changed.slice(0, start)}${value}${changed.slice(end)}`));
  return changed;
}
