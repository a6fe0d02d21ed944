import { fileURLToPath } from "node:url";
import type { CityPack } from "@ioc/city-pack";
import { networkOf, readPack } from "@ioc/city-pack";
import type { ScenarioPlan } from "../scenarios/scenario.ts";
import { readScenarios } from "../scenarios/scenario.ts";
import { dayMs } from "../world/calendar.ts";
import type { World } from "../world/world.ts";
import { createWorld } from "../world/world.ts";

export const packFolder = fileURLToPath(new URL("../../../../fixtures/danang", import.meta.url));
const scenarioFolder = fileURLToPath(new URL("../../../../fixtures/scenarios", import.meta.url));

let known: Promise<CityPack> | null = null;

/** The Da Nang pack, read once a test file. */
export function daNang(): Promise<CityPack> {
  known ??= readPack(packFolder).then(({ pack, problems }) => {
    if (pack) return pack;
    throw new Error(problems.map(({ file, line, problem }) => `${file}:${line} ${problem}`).join("\n"));
  });
  return known;
}

/** A world of Da Nang that can be asked for the days from `from` on; of all kinds, or of some to be quick. */
export async function daNangWorld(from: number, days: number, seed = 1, kinds?: readonly string[]): Promise<World> {
  const pack = await daNang();
  const network = networkOf(pack);
  const world = createWorld({
    network: { ...network, stations: network.stations.filter(({ kind }) => kinds?.includes(kind) ?? true) },
    reference: pack.reference,
    simulator: pack.simulator,
    seed,
    from,
    keepMs: (days + 1) * dayMs,
  });
  world.advance(from + days * dayMs);
  return world;
}

export async function scenarioPlan(id: string): Promise<ScenarioPlan> {
  const plan = (await readScenarios(scenarioFolder)).find((scenario) => scenario.id === id);
  if (!plan) throw new Error(`there is no scenario ${id}`);
  return plan;
}
