import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { importFile, type Sender } from "./import-file.ts";
import { readMapping } from "./mapping.ts";
import { imbalance, reportLines } from "./report.ts";
import { httpSender, storeSender } from "./senders.ts";

const usage = `usage: ioc import FILE... --map MAPPING.yaml
  --url URL --key KEY   send through the front door of a running server (key: IOC_API_KEY)
  --data-dir DIR        write into the store of a server that is not running
  --pack DIR            city pack of that store (IOC_CITY, fixtures/danang)
FILE is CSV or TSV, plain or .gz. A mapping says what its columns are; see fixtures/replay/imports.
`;

/** `ioc import`: answers the exit code: 0 when every file was read and the sums agree, 1 when not, 2 for wrong arguments. */
export async function importCommand(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const options = { map: text, pack: text, url: text, key: text, "data-dir": text };
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const { positionals: files, values } = parsed;
  if (
    files.length === 0 ||
    values.map === undefined ||
    (values.url === undefined) === (values["data-dir"] === undefined)
  ) {
    process.stderr.write(usage);
    return 2;
  }
  const mapping = await readMapping(resolve(values.map));
  const sender = await senderOf(values);
  let balanced = true;
  try {
    for (const file of files) {
      const report = await importFile(resolve(file), mapping, sender);
      process.stdout.write(reportLines(report));
      for (const line of imbalance(report)) {
        balanced = false;
        process.stderr.write(`the sums do not agree: ${line}\n`);
      }
    }
  } finally {
    await sender.close();
  }
  return balanced ? 0 : 1;
}

async function senderOf(values: { url?: string; key?: string; "data-dir"?: string; pack?: string }): Promise<Sender> {
  if (values.url !== undefined) return httpSender(values.url, values.key ?? process.env["IOC_API_KEY"] ?? "");
  const pack = values.pack ?? process.env["IOC_CITY"] ?? "fixtures/danang";
  return await storeSender(resolve(values["data-dir"] ?? "./data"), resolve(pack));
}
