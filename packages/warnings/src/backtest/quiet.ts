import { unknown, withoutNoise } from "../expression/bounds.ts";
import type { Truth } from "../expression/bounds.ts";
import type { Scope } from "../expression/expression.ts";
import type { SubjectRun } from "../engine/subject-run.ts";

/** Length of a stretch that is looked at as a whole, ms. */
export const stretchMs = 6 * 3_600_000;

/**
 * Whether evaluating a run at any time in (from, to] would leave it as it is: nothing is under way, and on all values that its signals
 * can have no level's condition is true. What is not true cannot begin a hold, so the run is the same after the stretch.
 */
export function isQuiet(run: SubjectRun, from: number, to: number): boolean {
  // A clearing condition of one's own may be true together with the level's and then counts from before it.
  return !hasOwnClearing(run) && !run.underWay && noneTrue(run, scopeOver(run, from, to));
}

/**
 * What every evaluation of a run in (from, to] finds of the clearing conditions, by level, where nothing is under way and none finds
 * a level's condition true; null where that cannot be told. For runs whose signals lie at every time within what they say to
 * reach, as silence does; a sum of which readings are missing does not.
 */
export function clearingOver(run: SubjectRun, from: number, to: number): readonly Truth[] | null {
  if (run.underWay) return null;
  const scope = scopeOver(run, from, to);
  if (!noneTrue(run, scope)) return null;
  const clear = run.rule.levels.map((level) => level.clear.test(scope));
  return clear.includes(null) ? null : clear;
}

function hasOwnClearing({ rule }: SubjectRun): boolean {
  return rule.definition.levels.some(({ clear }) => clear !== undefined);
}

function scopeOver({ subject }: SubjectRun, from: number, to: number): Scope {
  return (name) => withoutNoise(subject.signals.get(name)?.reach?.(from, to) ?? unknown);
}

function noneTrue({ rule }: SubjectRun, scope: Scope): boolean {
  return rule.levels.every(({ when }) => when.test(scope) === false);
}
