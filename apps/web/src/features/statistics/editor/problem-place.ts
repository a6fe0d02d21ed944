/** Where a problem of a definition lies: a step of the pipeline, or a part of the form. */
export type Place = { step: number } | { part: string } | null;

/** Reads the beginning of a problem: `pipeline[2] (table): …` is step 2, `window: …` and `name.vi: …` are parts. */
export function placeOf(problem: string): Place {
  const step = /^pipeline(?:\[|\.)(\d+)/.exec(problem);
  if (step) return { step: Number(step[1]) };
  const part = /^([a-zA-Z]+)(?:\[\d+\])?(?:\.[\w.]+)?:/.exec(problem);
  return part ? { part: part[1]! } : null;
}
