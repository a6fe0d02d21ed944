import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "@ioc/testkit";
import type { ChildResult } from "./children/stats.ts";

const run = promisify(execFile);

/**
 * Loads W1 into a store inside a process of its own.
 * @param options `most`: points at most, for stores that take long; `before`: points of each series that are there before
 */
export async function loadInChild(
  script: "our-store" | "sqlite-rows",
  options: { days: number; to: number; batch: number; most?: number; before?: number },
): Promise<ChildResult> {
  using folder = temporaryFolder();
  const { days, to, batch, most = Number.MAX_SAFE_INTEGER, before = 0 } = options;
  const file = join(import.meta.dirname, `children/${script}.ts`);
  const args = [file, join(folder.path, "store.db"), ...[days, to, batch, most, before].map(String)];
  const { stdout } = await run(process.execPath, args, { maxBuffer: 1e6 });
  return JSON.parse(stdout) as ChildResult;
}
