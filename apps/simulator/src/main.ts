import path from "node:path";
import type { CityPack } from "@ioc/city-pack";
import { networkOf, readPack } from "@ioc/city-pack";
import type { Arguments } from "./arguments.ts";
import { readArguments } from "./arguments.ts";
import { dryRun } from "./dry-run.ts";
import { Gateway } from "./gateway/gateway.ts";
import { parentMessage } from "./parent.ts";
import { readScenarios } from "./scenarios/scenario.ts";
import { CitySimulation } from "./simulation.ts";
import { dayMs, hourMs } from "./world/calendar.ts";
import { createWorld } from "./world/world.ts";

/** How long readings under way may still take when the simulator stops, ms. */
const closingMs = 2000;

async function openPack(folder: string): Promise<CityPack> {
  const { pack, problems } = await readPack(folder);
  if (pack) return pack;
  const lines = problems.map(({ file, line, problem }) => `${file}:${line} ${problem}`);
  throw new Error(`the pack ${folder} has problems:\n${lines.join("\n")}`);
}

function printDryRun(args: Arguments, pack: CityPack): void {
  const began = performance.now();
  const span = args.hours * hourMs;
  const world = createWorld({
    network: networkOf(pack, args.scheme ?? pack.scheme),
    reference: pack.reference,
    simulator: pack.simulator,
    seed: args.seed,
    from: args.cityOrigin - span,
    keepMs: span + dayMs,
  });
  world.advance(args.cityOrigin);
  const ready = performance.now();
  for (const line of dryRun(world, args.cityOrigin, args.hours)) console.log(line);
  console.log(`world ${Math.round(ready - began)} ms, readings ${Math.round(performance.now() - ready)} ms`);
}

async function play(args: Arguments, pack: CityPack): Promise<void> {
  const report = (text: string): void => console.error(`simulator: ${text}`);
  const gateway = new Gateway({ url: args.url, apiKey: process.env["IOC_API_KEY"] ?? "", report });
  const simulation = new CitySimulation({
    ...args,
    network: networkOf(pack, args.scheme ?? pack.scheme),
    reference: pack.reference,
    simulator: pack.simulator,
    scenarios: await readScenarios(path.join(args.pack, "..", "scenarios")),
    gateway,
    progress: (text) => console.log(text),
    report,
    wallNow: () => Date.now(),
    onStatus: (status) => {
      if (process.connected) process.send?.({ type: "status", simulation: status });
    },
  });
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await Promise.all([simulation.stop(), gateway.close(closingMs)]);
    process.exit(0);
  };
  process.on("SIGTERM", () => void stop());
  process.on("SIGINT", () => void stop());
  process.on("disconnect", () => void stop());
  process.on("message", (message) => {
    const read = parentMessage.safeParse(message);
    if (!read.success) console.error("simulator: a message of the parent was not understood");
    else if (read.data.type === "stop") void stop();
    else if (!simulation.play(read.data.id)) console.error(`simulator: there is no scenario "${read.data.id}"`);
  });
  simulation.run();
}

const args = readArguments(process.argv.slice(2), Date.now());
const pack = await openPack(args.pack);
if (args.dryRun) printDryRun(args, pack);
else if (pack.simulator === null) throw new Error(`the pack ${args.pack} has no simulator section`);
else await play(args, pack);
