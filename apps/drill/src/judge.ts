import type { Alert, DrillExpectation, DrillVerdict } from "@ioc/contracts";
import type { DrillPlan } from "@ioc/simulator";

/**
 * Compares the alerts of a drill with what its scenario must raise. Every warning that fires must be expected or background or stay at
 * what the plan tolerates, and every expected one must come: to its level, on as many subjects, its first alert within its span and not
 * before that of the expectation above it.
 *
 * @param alerts all that fired since the scenario began
 * @param started city time at which the scenario began, ms
 */
export function judge(plan: DrillPlan, alerts: readonly Alert[], started: number): DrillVerdict {
  const byWarning = Map.groupBy(alerts, (alert) => alert.definition);
  let newest = -Infinity;
  const expectations = plan.expects.map((expected): DrillExpectation => {
    const came = byWarning.get(expected.warning) ?? [];
    const fired = came.length === 0 ? null : Math.min(...came.map(({ firedAt }) => firedAt ?? Infinity)) - started;
    const reached = Math.max(0, ...came.map(({ peakLevel }) => peakLevel));
    const counted = new Set(came.map(({ subject }) => subject.id)).size;
    const faults: DrillExpectation["faults"] = [];
    if (fired === null) faults.push("missing");
    else {
      if (reached !== expected.level) faults.push("level");
      if (counted < expected.subjects[0] || counted > expected.subjects[1]) faults.push("subjects");
      if (fired < expected.first[0]) faults.push("early");
      if (fired > expected.first[1]) faults.push("late");
      if (fired < newest) faults.push("order");
      newest = Math.max(newest, fired);
    }
    return { ...expected, reached, counted, fired, faults };
  });
  const known = new Set([...plan.expects.map(({ warning }) => warning), ...Object.keys(plan.background)]);
  const unexpected = Object.fromEntries(
    [...byWarning].flatMap(([warning, came]) => {
      const graver = known.has(warning) ? [] : came.filter(({ peakLevel }) => peakLevel > plan.tolerates);
      return graver.length === 0 ? [] : [[warning, graver.map(({ id }) => id)]];
    }),
  );
  const passed = Object.keys(unexpected).length === 0 && expectations.every(({ faults }) => faults.length === 0);
  return { passed, expectations, unexpected, background: plan.background, without: plan.without };
}
