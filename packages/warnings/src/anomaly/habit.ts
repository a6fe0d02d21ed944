/**
 * What a strangeness usually is: a histogram over its logarithm (a bin is an eighth of an octave, 9 %), in which old
 * readings count less and less. Constant in size; everything in it is plain data, so that it can be saved.
 */
export interface Habit {
  readonly counts: number[];
  /** Sum of the counts. */
  total: number;
  /** Readings ever taken in. */
  seen: number;
  /** log2 of the first strangeness above zero: the middle of the histogram. Null until there is one. */
  anchor: number | null;
}

const bins = 512;
const middle = bins / 2;
const binsPerOctave = 8;
/** Readings after which a history says something. */
const enough = 50;
/** When as many readings are counted, all counts are halved: the memory is between half of it and all of it. */
const memory = 8000;
/** Share of the history that its upper tail is fitted to, and the fewest readings of a fit. */
const tailShare = 0.02;
const tailCount = 5;
/** -log10 of the smallest probability told. */
const mostSurprise = 12;

export function newHabit(): Habit {
  return { counts: Array.from({ length: bins }, () => 0), total: 0, seen: 0, anchor: null };
}

/** Bin 0 holds zeros; the ends hold whatever lies beyond 32 octaves from the anchor. */
function binOf(habit: Habit, strangeness: number): number {
  if (strangeness <= 0) return 0;
  if (habit.anchor === null) return middle;
  const bin = Math.round((Math.log2(strangeness) - habit.anchor) * binsPerOctave) + middle;
  return Math.min(bins - 1, Math.max(1, bin));
}

function middleOf(habit: Habit, bin: number): number {
  return bin === 0 ? 0 : 2 ** ((bin - middle) / binsPerOctave + (habit.anchor ?? 0));
}

/**
 * -log10 of the probability of such a strangeness or a greater one, 0 to 12: the rank in the history (a conformal p-value,
 * Vovk et al. 2005; for streams Laxhammar & Falkman 2014). Beyond the greatest known it is continued by an exponential tail
 * fitted to the excess over the upper 2 % (peaks over threshold, Siffer et al. 2017, with shape 0).
 */
export function surpriseOf(habit: Habit, strangeness: number): number {
  if (habit.seen < enough) return 0;
  const bin = binOf(habit, strangeness);
  let above = (habit.counts[bin] ?? 0) / 2;
  for (let i = bins - 1; i > bin; i--) above += habit.counts[i] ?? 0;
  const byRank = -Math.log10((above + 1) / (habit.total + 1));
  if (above >= 1) return byRank;
  return Math.min(mostSurprise, Math.max(byRank, beyondTail(habit, strangeness)));
}

function beyondTail(habit: Habit, strangeness: number): number {
  const wanted = Math.max(tailCount, tailShare * habit.total);
  let start = bins - 1;
  let excess = 0;
  let count = 0;
  for (; start > 0; start--) {
    const here = habit.counts[start] ?? 0;
    if (count + here >= wanted) break;
    count += here;
    excess += here * middleOf(habit, start);
  }
  const from = middleOf(habit, start);
  if (strangeness <= from) return 0;
  const meanExcess = count > 0 ? excess / count - from : 0;
  // Without a floor a strangeness that never varied would make the smallest step look impossible.
  const scale = Math.max(meanExcess, 0.1 * from, Number.MIN_VALUE);
  return -Math.log10(Math.max(count, 1) / habit.total) + ((strangeness - from) / scale) * Math.LOG10E;
}

/** Takes a strangeness into the history. */
export function remember(habit: Habit, strangeness: number): void {
  if (habit.anchor === null && strangeness > 0) habit.anchor = Math.log2(strangeness);
  const bin = binOf(habit, strangeness);
  habit.counts[bin] = (habit.counts[bin] ?? 0) + 1;
  habit.total++;
  habit.seen++;
  if (habit.total < memory) return;
  habit.total = 0;
  for (let i = 0; i < bins; i++) {
    habit.counts[i] = (habit.counts[i] ?? 0) / 2;
    habit.total += habit.counts[i] ?? 0;
  }
}
