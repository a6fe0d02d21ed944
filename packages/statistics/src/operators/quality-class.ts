import type { Sample } from "./vn-wqi.ts";

/** Limits of a class by parameter: a number is the largest value allowed, of `<parameter>_min` the smallest; a pair is a range. */
type ClassLimits = Readonly<Record<string, number | readonly [number, number] | null>>;

/**
 * The best class all of whose limits the measured parameters meet; `worst` when none is. A parameter that was not measured
 * objects to nothing, a null limit allows everything.
 * @param classes best first, without the worst
 */
export function bestClass(
  sample: Sample,
  classes: readonly (readonly [name: string, limits: ClassLimits])[],
  worst: string,
): string {
  const holds = ([parameter, limit]: [string, ClassLimits[string]]): boolean => {
    if (limit === null || limit === undefined) return true;
    const least = parameter.endsWith("_min");
    const value = sample(least ? parameter.slice(0, -"_min".length) : parameter);
    if (value === null) return true;
    if (typeof limit === "number") return least ? value >= limit : value <= limit;
    return value >= limit[0] && value <= limit[1];
  };
  return classes.find(([, limits]) => Object.entries(limits).every(holds))?.[0] ?? worst;
}
