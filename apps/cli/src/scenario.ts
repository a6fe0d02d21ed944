import { endpoints, scenario, simulation } from "@ioc/contracts";
import { serverCommand } from "./server-command.ts";

const usage = `usage: ioc scenario list | start ID | stop   [--url URL] [--key KEY]
`;

/** `ioc scenario`: lists, starts and ends scenarios of a running server. Answers the exit code. */
export async function scenarioCommand(args: readonly string[]): Promise<number> {
  const command = serverCommand(args, usage);
  if (!command) return 2;
  const { words, client } = command;
  const [verb, id] = words;
  if (verb === "list" && id === undefined) {
    const { items } = endpoints.listScenarios.response.parse(await client.get("/api/v1/simulation/scenarios"));
    const width = Math.max(0, ...items.map((one) => one.id.length)) + 2;
    for (const one of items)
      process.stdout.write(`${one.id.padEnd(width)}${one.name.vi} / ${one.name.en} (${one.duration})\n`);
    return 0;
  }
  if ((verb === "start" && id !== undefined) || (verb === "stop" && id === undefined)) {
    const given = verb === "start" ? scenario.shape.id.parse(id) : null;
    const state = simulation.parse(await client.post("/api/v1/simulation/scenario", { id: given }));
    const now = state.scenario
      ? `${state.scenario.name.vi} / ${state.scenario.name.en} is running`
      : "no scenario is running";
    process.stdout.write(`${now}\n`);
    return 0;
  }
  process.stderr.write(usage);
  return 2;
}
