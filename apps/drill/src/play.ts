import type { CityPack } from "@ioc/city-pack";
import type { Alert, DrillVerdict, Network } from "@ioc/contracts";
import type { DrillPlan, ScenarioPlan } from "@ioc/simulator";
import { playCity } from "./city.ts";
import { judge } from "./judge.ts";
import { openSpace } from "./space.ts";

/** City time between two times that the store tidies up: seldom, as each rewrites the day of every series. */
const UPKEEP = 6 * 3_600_000;

export interface DrillOptions {
  /** Empty folder that the drill may fill. */
  folder: string;
  pack: CityPack;
  network: Network;
  /** Null plays the ordinary city. */
  scenario: ScenarioPlan | null;
  plan: Pick<DrillPlan, "begins" | "history" | "longer" | "before" | "step" | "without">;
  /** How long to play from `begins` on, ms. */
  duration: number;
  seed: number;
  stopped?: () => boolean;
  /** City time reached (null while the past is laid down), and the alerts that changed since. */
  onProgress?: (reached: number | null, changed: readonly Alert[]) => void;
  report?: (text: string) => void;
}

export interface Played {
  /** Alerts that fired since the scenario began, in that order. */
  alerts: Alert[];
  /** Warnings that could not be worked out, with the reason. */
  errors: Record<string, string>;
}

/** Plays a city in lock step with its rules, as fast as it can: the past, the time before, then the scenario. */
export async function play(options: DrillOptions): Promise<Played> {
  const { network, plan, scenario, seed, duration } = options;
  const warnings = options.pack.warnings.filter(({ id }) => !(id in plan.without));
  const pack = { ...options.pack, warnings };
  const stopped = options.stopped ?? (() => false);
  const onProgress = options.onProgress ?? (() => undefined);
  const report = options.report ?? (() => undefined);
  const from = plan.begins - plan.before;
  let now = from;
  const space = await openSpace({ folder: options.folder, pack, network, now: () => now, report });
  try {
    const lengthMs = plan.before + duration;
    const setNow = (time: number) => (now = time);
    const past = { historyMs: plan.history, longer: plan.longer };
    const city = playCity({ pack, network, space, from, ...past, lengthMs, seed, setNow, report });
    for await (const _ of city.history()) {
      if (stopped()) break;
      onProgress(null, []);
    }
    await space.startRules();
    let started = false;
    for (let time = from; time <= plan.begins + duration && !stopped(); time += plan.step) {
      await city.advance(time);
      if (!started && time >= plan.begins) {
        started = true;
        if (scenario) city.start(scenario);
      }
      onProgress(time, await space.step());
      if (time % UPKEEP === 0) await space.upkeep();
    }
    const errors = Object.fromEntries(
      space.warnings().flatMap(({ id, error }) => (error === null ? [] : [[id, error]])),
    );
    const alerts = (await space.alerts()).filter(({ firedAt }) => firedAt !== null && firedAt > plan.begins);
    return { alerts, errors };
  } finally {
    await space.close();
  }
}

/**
 * Plays a scenario as its drill says.
 * @throws when the scenario has no drill
 */
export async function playDrill(
  options: Omit<DrillOptions, "plan" | "duration" | "scenario"> & { scenario: ScenarioPlan },
): Promise<Played & { verdict: DrillVerdict }> {
  const { scenario } = options;
  if (!scenario.drill) throw new Error(`the scenario ${scenario.id} says nothing of a drill`);
  const played = await play({ ...options, plan: scenario.drill, duration: scenario.duration });
  return { ...played, verdict: judge(scenario.drill, played.alerts, scenario.drill.begins) };
}
