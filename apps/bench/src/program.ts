import { readFileSync } from "node:fs";
import { Program, temporaryFolder } from "@ioc/testkit";

/** Key given to programs that a benchmark starts; they listen on loopback and live in a temporary folder. */
export const benchKey = "ioc_bench-key-for-a-temporary-folder-only-0123456789";

/** Runs `work` against a fresh program in an empty folder and stops it afterwards. */
export async function withProgram<T>(
  env: Record<string, string>,
  work: (program: Program, dataDir: string) => Promise<T>,
): Promise<T> {
  using folder = temporaryFolder();
  const program = await Program.start({ dataDir: folder.path, env: { IOC_API_KEY: benchKey, ...env } });
  try {
    return await work(program, folder.path);
  } finally {
    await program.stop();
  }
}

/** Sends readings; answers the ms until they were acknowledged, which is after their commit. */
export async function sendReadings(program: Program, observations: readonly object[]): Promise<number> {
  const startedAt = performance.now();
  const answer = await fetch(`${program.url}/api/v1/observations`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${benchKey}` },
    body: JSON.stringify({ observations }),
  });
  if (answer.status !== 202) throw new Error(await answer.text());
  return performance.now() - startedAt;
}

/** Resident memory of a process in MB, as Linux counts it. */
export function residentMegabytes(pid: number): number {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return match ? Number(match[1]) / 1024 : Number.NaN;
}

/** Processor seconds a process has used so far (user and system). */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
