import { riverRouting, type ForecastDefinition, type Network } from "@ioc/contracts";
import type { RiverConstants } from "@ioc/forecasting";

const hourMs = 3_600_000;

/**
 * Constants of `lag-reservoir-given` for a subject, in steps; null where the definition names no table or the table has none of it.
 * @param step distance of two values, ms
 * @throws Error when they are not what they should be
 */
export function riverConstantsOf(
  { constants }: Pick<ForecastDefinition, "constants">,
  subject: string,
  { reference }: Pick<Network, "reference">,
  step: number,
): RiverConstants | null {
  const found = constants === undefined ? undefined : stationsOf(constants, reference)[subject];
  if (found === undefined) return null;
  const read = riverRouting.safeParse(found);
  if (!read.success) {
    const [first] = read.error.issues;
    throw new Error(
      `table "${constants}", ${subject}, ${first?.path.join(".") ?? ""}: ${first?.message ?? "unreadable"}`,
    );
  }
  const { tau_h, k_h, c, h0, base, k_tide, release } = read.data;
  const steps = (hours: number) => (hours * hourMs) / step;
  return {
    delay: Math.round(steps(tau_h)),
    storage: steps(k_h),
    share: c,
    threshold: h0,
    base,
    tide: k_tide,
    release: release && { delay: Math.round(steps(release.tau_h)), rise: release.per_1000 / 1000 },
  };
}

/** What the table has, by subject. @throws Error when there is no such table, or it has no `stations` */
function stationsOf(id: string, reference: Network["reference"]): Readonly<Record<string, unknown>> {
  const stations = reference[id]?.["stations"];
  if (typeof stations !== "object" || stations === null) throw new Error(`there is no table "${id}" with \`stations\``);
  return Object.fromEntries(Object.entries(stations));
}

/** What is wrong with the constants of a definition, for any subject. */
export function riverProblems({ constants, also }: ForecastDefinition, { reference }: Network, step: number): string[] {
  if (constants === undefined) {
    return also.includes("lag-reservoir-given")
      ? ["also: lag-reservoir-given needs a table, named by `constants`"]
      : [];
  }
  try {
    for (const subject of Object.keys(stationsOf(constants, reference))) {
      riverConstantsOf({ constants }, subject, { reference }, step);
    }
    return [];
  } catch (error) {
    return [`constants: ${error instanceof Error ? error.message : String(error)}`];
  }
}
