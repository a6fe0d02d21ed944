import { drill, drillReport, endpoints } from "@ioc/contracts";
import type { Drill, DrillReport } from "@ioc/contracts";
import { serverCommand } from "./server-command.ts";

const usage = `usage: ioc drill list | start SCENARIO | show ID | stop ID   [--url URL] [--key KEY]
`;

/** `ioc drill`: plays scenarios as exercises on a running server and says what came of them. Answers the exit code. */
export async function drillCommand(args: readonly string[]): Promise<number> {
  const command = serverCommand(args, usage);
  if (!command) return 2;
  const { words, client } = command;
  const [verb, id] = words;
  if (verb === "list" && id === undefined) {
    const { items } = endpoints.listDrills.response.parse(await client.get("/api/v1/drills"));
    for (const one of items) process.stdout.write(`${lineOf(one)}\n`);
    return 0;
  }
  if (id === undefined || words.length > 2) {
    process.stderr.write(usage);
    return 2;
  }
  const below = `/api/v1/drills/${encodeURIComponent(id)}`;
  if (verb === "start") {
    process.stdout.write(`${lineOf(drill.parse(await client.post("/api/v1/drills", { scenario: id })))}\n`);
    return 0;
  }
  if (verb === "stop") {
    process.stdout.write(`${lineOf(drill.parse(await client.post(`${below}/stop`, {})))}\n`);
    return 0;
  }
  if (verb === "show") {
    const report = drillReport.parse(await client.get(below));
    for (const line of reportLines(report)) process.stdout.write(`${line}\n`);
    return report.state === "failed" || report.state === "broken" ? 1 : 0;
  }
  process.stderr.write(usage);
  return 2;
}

function lineOf({ id, name, state, alerts }: Drill): string {
  return `${id}  ${state}  ${alerts} alerts  ${name.vi} / ${name.en}`;
}

function* reportLines(report: DrillReport): Generator<string> {
  yield lineOf(report);
  if (report.error) yield `  ${report.error}`;
  for (const one of report.verdict?.expectations ?? []) {
    const fired = one.fired === null ? "did not fire" : `first after ${hours(one.fired)}`;
    const result = one.faults.length === 0 ? "ok" : one.faults.join(", ");
    yield (
      `  ${one.warning}: ${fired} (${one.first.map(hours).join(" to ")}), level ${one.reached} (${one.level}), ` +
      `${one.counted} places (${one.subjects.join(" to ")}): ${result}`
    );
  }
  for (const [warning, ids] of Object.entries(report.verdict?.unexpected ?? {}))
    yield `  ${warning}: nobody expected it: ${ids.join(", ")}`;
}

function hours(ms: number): string {
  return `${(ms / 3_600_000).toFixed(2)} h`;
}
