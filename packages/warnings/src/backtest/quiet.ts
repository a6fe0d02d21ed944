import { unknown, withoutNoise } from "../expression/bounds.ts";
import type { SubjectRun } from "../engine/subject-run.ts";

/** Length of a stretch that is looked at as a whole, ms. */
export const stretchMs = 6 * 3_600_000;

/**
 * Whether evaluating a run at any time in (from, to] would leave it as it is: nothing is under way, and on all values that its signals
 * can have no level's condition is true. What is not true cannot begin a hold, so the run is the same after the stretch.
 */
export function isQuiet({ rule, subject, underWay }: SubjectRun, from: number, to: number): boolean {
  if (underWay) return false;
  // A clearing condition of one's own may be true together with the level's and then counts from before it.
  if (rule.definition.levels.some(({ clear }) => clear !== undefined)) return false;
  const scope = (name: string) => withoutNoise(subject.signals.get(name)?.reach?.(from, to) ?? unknown);
  return rule.levels.every(({ when }) => when.test(scope) === false);
}
