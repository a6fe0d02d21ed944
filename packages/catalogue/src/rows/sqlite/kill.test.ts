import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { measured, timeZone } from "../test-datasets.ts";
import { checkDatasets } from "./check.ts";
import { openDatasets } from "./open.ts";

const child = new URL("./kill-child.ts", import.meta.url).pathname;
const kills = 5;

/** Runs the child until it has acknowledged so many batches, and kills it without warning. */
async function runAndKill(file: string, first: number, lines: number): Promise<number[]> {
  const running = spawn(process.execPath, [child, file, String(first)], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(running, "exit");
  const acknowledged: number[] = [];
  for await (const line of createInterface({ input: running.stdout })) {
    acknowledged.push(Number(line));
    if (acknowledged.length === lines) running.kill("SIGKILL");
  }
  expect(((await exited) as unknown[])[1]).toBe("SIGKILL");
  return acknowledged;
}

test("everything acknowledged survives a kill, and nothing is kept by halves", { timeout: 120_000 }, async () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "datasets.db");
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    acknowledged.push(...(await runAndKill(file, kill * 1000, 3 + kill * 2)));
    const datasets = openDatasets({ file, definitions: [measured], timeZone });
    const { columns } = await datasets.table("measured");
    const [item] = datasets.items();
    await datasets.close();
    const held = new Map<number, number>();
    for (const batch of columns.get("value") ?? []) held.set(Number(batch), (held.get(Number(batch)) ?? 0) + 1);
    expect(acknowledged.filter((batch) => held.get(batch) !== 300)).toEqual([]);
    expect([...held.values()].every((count) => count === 300)).toBe(true);
    expect(item?.count).toBe(columns.get("value")?.length);
    expect(checkDatasets(file).problems).toEqual([]);
  }
});
