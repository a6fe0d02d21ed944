import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test.each([
  ["csv", 150],
  ["parquet", 20],
])(
  "an export of 2 million readings as %s needs no more memory than a small one",
  async (ending, megabytes) => {
    // The heap alone could not hold the readings; a body that is gathered would show in the resident memory.
    const child = fileURLToPath(new URL("./memory-child.ts", import.meta.url));
    const { stdout } = await run(process.execPath, ["--max-old-space-size=192", child, ending, "2000000"]);
    const { bytes, growthMb } = JSON.parse(stdout) as { bytes: number; growthMb: number };
    expect(bytes).toBeGreaterThan(megabytes * 1e6);
    expect(growthMb).toBeLessThan(150);
  },
  120_000,
);
