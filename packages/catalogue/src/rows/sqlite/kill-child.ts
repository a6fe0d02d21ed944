import { measured, timeZone } from "../test-datasets.ts";
import { openDatasets } from "./open.ts";

/** Child of the kill test: puts batches without end and prints the number of each that was acknowledged. */
const [file = "", first = "0"] = process.argv.slice(2);
const datasets = openDatasets({ file, definitions: [measured], timeZone });
let next = Number(first);

async function send(): Promise<void> {
  for (;;) {
    const batch = next++;
    const rows = Array.from({ length: 300 }, (_, n) => ({ station: `b${batch}`, hour: n, value: batch }));
    await datasets.put("measured", rows, { synthetic: batch % 2 === 0, now: batch });
    process.stdout.write(`${batch}\n`);
  }
}

await Promise.all([send(), send()]);
