import { parseArgs } from "node:util";
import { endpoints, scenario, simulation } from "@ioc/contracts";
import { createServerClient } from "./http-client.ts";

const usage = `usage: ioc scenario list | start ID | stop   [--url URL] [--key KEY]
`;

/** `ioc scenario`: lists, starts and ends scenarios of a running server. Answers the exit code. */
export async function scenarioCommand(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options: { url: text, key: text } });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const { positionals, values } = parsed;
  const url = values.url ?? `http://127.0.0.1:${process.env["IOC_PORT"] ?? "8080"}`;
  const client = createServerClient(url, values.key ?? process.env["IOC_API_KEY"] ?? "");
  const [verb, id] = positionals;
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
