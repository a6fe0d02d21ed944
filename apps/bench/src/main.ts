import { intake } from "./intake.ts";
import { memory } from "./memory.ts";
import { pixel } from "./pixel.ts";
import { history, startup } from "./startup.ts";
import { store } from "./store.ts";

const benches: Record<string, (argument?: number) => Promise<void>> = {
  startup,
  history,
  intake,
  store,
  pixel,
  memory,
};

const [name, argument] = process.argv.slice(2);
const chosen = name === undefined || name === "all" ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (!bench) throw new Error(`no benchmark "${name}"; there are ${Object.keys(benches).join(", ")}, all`);
  await bench(argument === undefined ? undefined : Number(argument));
}
