import { networkOf, readPack } from "@ioc/city-pack";
import { readArguments } from "./arguments.ts";
import { dryRun } from "./dry-run.ts";
import { dayMs, hourMs } from "./world/calendar.ts";
import { createWorld } from "./world/world.ts";

const args = readArguments(process.argv.slice(2), Date.now());
const { pack, problems } = await readPack(args.pack);
if (!pack) {
  for (const { file, line, problem } of problems) console.error(`${file}:${line} ${problem}`);
  throw new Error(`the pack ${args.pack} has problems`);
}
const span = args.hours * hourMs;
const t0 = performance.now();
const world = createWorld({
  network: networkOf(pack),
  reference: pack.reference,
  simulator: pack.simulator,
  seed: args.seed,
  from: args.cityOrigin - span,
  keepMs: span + dayMs,
});
world.advance(args.cityOrigin);
console.log(`world in ${Math.round(performance.now() - t0)} ms`);
for (const line of dryRun(world, args.cityOrigin, args.hours)) console.log(line);
