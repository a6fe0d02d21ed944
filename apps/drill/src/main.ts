import { parseArgs } from "node:util";
import type { Alert } from "@ioc/contracts";
import { loadPack } from "@ioc/server";
import { readScenarios } from "@ioc/simulator";
import type { DrillMessage } from "./messages.ts";
import { playDrill } from "./play.ts";

/** Real time between two messages of progress, ms. */
const tellEvery = 500;

const usage =
  "node apps/drill/src/main.ts --pack DIR --scenarios DIR --scenario ID --folder DIR [--scheme ID] [--seed N]";

function tell(message: DrillMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send && process.connected) process.send(message, () => resolve());
    else resolve();
  });
}

async function run(): Promise<void> {
  const text = { type: "string" } as const;
  const options = { pack: text, scenarios: text, scenario: text, folder: text, scheme: text, seed: text };
  const { values } = parseArgs({ options });
  const { pack: packFolder, scenarios, scenario: id, folder } = values;
  if (!packFolder || !scenarios || !id || !folder) throw new Error(`usage: ${usage}`);
  const { pack, network } = await loadPack(packFolder, values.scheme ?? "");
  const scenario = (await readScenarios(scenarios)).find((one) => one.id === id);
  if (!scenario) throw new Error(`there is no scenario "${id}" in ${scenarios}`);
  let changed: Alert[] = [];
  let told = performance.now();
  const played = await playDrill({
    folder,
    pack,
    network,
    scenario,
    seed: Number(values.seed ?? 1),
    report: (text) => console.error(text),
    onProgress(reached, alerts) {
      changed.push(...alerts);
      if (performance.now() - told < tellEvery) return;
      told = performance.now();
      void tell({ type: "progress", reached, changed });
      changed = [];
    },
  });
  await tell({ type: "done", ...played });
}

process.on("disconnect", () => process.exit(1));
try {
  await run();
} catch (error) {
  await tell({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
}
if (process.connected) process.disconnect();
