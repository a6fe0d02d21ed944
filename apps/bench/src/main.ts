import { alerts } from "./alerts.ts";
import { backtest } from "./backtest.ts";
import { charts } from "./charts.ts";
import { codec } from "./codec/codec.ts";
import { frameRules } from "./frame-rules.ts";
import { forecasts } from "./forecasts.ts";
import { intake } from "./intake.ts";
import { m4 } from "./m4.ts";
import { memory } from "./memory.ts";
import { nab } from "./nab.ts";
import { peers } from "./peers.ts";
import { pixel } from "./pixel.ts";
import { rules } from "./rules.ts";
import { scale } from "./scale.ts";
import { history, startup } from "./startup.ts";
import { statistics } from "./statistics.ts";
import { store } from "./store.ts";
import { storms } from "./storms.ts";

const benches: Record<string, (argument?: number, flags?: ReadonlySet<string>) => Promise<void>> = {
  startup,
  history,
  intake,
  store,
  codec,
  pixel,
  memory,
  peers,
  rules,
  alerts,
  "frame-rules": frameRules,
  backtest,
  scale,
  statistics,
  charts,
  forecasts,
  m4,
  storms,
  nab,
};

const words = process.argv.slice(2);
const flags = new Set(words.filter((word) => word.startsWith("--")));
const [name, argument] = words.filter((word) => !flags.has(word));
const chosen = name === undefined || name === "all" ? Object.values(benches) : [benches[name]];
for (const bench of chosen) {
  if (!bench) throw new Error(`no benchmark "${name}"; there are ${Object.keys(benches).join(", ")}, all`);
  await bench(argument === undefined ? undefined : Number(argument), flags);
}
