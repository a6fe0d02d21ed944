/** A value of a written series: a number, `null` for a reading without a value, `undefined` for no reading at all. */
export type SeriesValue = number | null | undefined;

/**
 * Reads a series written for a test, one value a period: `10 _ 30` = 10, no reading, 30 · `20x5` = 20 five times more ·
 * `0+1x4` = 0 then four more, each 1 higher · `9-2x3` falling · `null` = a reading without a value · `_x3` = three gaps.
 * `20x5` yields 6 values and `0+1x4` yields 5: the count says how many follow the first.
 */
export function parseSeries(text: string): SeriesValue[] {
  const values: SeriesValue[] = [];
  for (const token of text.trim().split(/\s+/)) {
    const gap = /^_(?:x(\d+))?$/.exec(token);
    if (gap) {
      values.push(...Array<undefined>(Number(gap[1] ?? 1)).fill(undefined));
      continue;
    }
    if (token === "null") {
      values.push(null);
      continue;
    }
    const match = /^(-?\d+(?:\.\d+)?)(?:([+-]\d+(?:\.\d+)?))?(?:x(\d+))?$/.exec(token);
    if (!match) throw new Error(`cannot read "${token}" in series "${text}"`);
    const start = Number(match[1]);
    const step = Number(match[2] ?? 0);
    const more = Number(match[3] ?? 0);
    for (let i = 0; i <= more; i++) values.push(Number((start + step * i).toFixed(9)));
  }
  return values;
}
