/** How often a value is the same as the one before, and for how long. */
export interface Frozen {
  last: number | null;
  /** Readings in a row equal to the one before them, now. */
  run: number;
  /** Longest run that has ended. */
  longest: number;
  readings: number;
  repeats: number;
}

/** A run is looked at from a dozen repeats on, and when it is three times as long as any before. */
const fewest = 12;
const beyondLongest = 3;

export function newFrozen(): Frozen {
  return { last: null, run: 0, longest: 0, readings: 0, repeats: 0 };
}

/**
 * Takes a reading; returns -log10 of the probability of a run as long as the present one, were each repeat as likely as repeats
 * are in this series (geometric law); 0 while the run is within what was seen before. A series that never changes never
 * surprises: its repeats are certain. A rain gauge in the dry season surprises only after three times its longest dry spell.
 */
export function frozenSurprise(frozen: Frozen, value: number): number {
  if (value !== frozen.last) {
    frozen.longest = Math.max(frozen.longest, frozen.run);
    frozen.run = 0;
    frozen.last = value;
    frozen.readings++;
    return 0;
  }
  const likely = (frozen.repeats + 1) / (frozen.readings + 1);
  frozen.run++;
  frozen.readings++;
  frozen.repeats++;
  if (frozen.run < Math.max(fewest, beyondLongest * frozen.longest)) return 0;
  return Math.min(12, -frozen.run * Math.log10(likely));
}
