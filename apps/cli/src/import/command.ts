import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { importFile, type Sender } from "./import-file.ts";
import { readMapping, type Mapping } from "./mapping.ts";
import { createProgressDisplay, type ProgressDisplay } from "./progress.ts";
import { imbalance, reportLines, type ImportReport } from "./report.ts";
import { httpSender, storeSender } from "./senders.ts";
import { mappingHash, newState, resumedState, type ImportState } from "./state.ts";

const usage = `usage: ioc import FILE... --map MAPPING.yaml
  --url URL --key KEY   send through the front door of a running server (key: IOC_API_KEY)
  --data-dir DIR        write into the store of a server that is not running
  --pack DIR            city pack of that store (IOC_CITY, fixtures/danang)
  --resume              go on where an interrupted import was acknowledged up to
  --state FILE          where that is kept (DIR/import-state.json, or ./ioc-import-state.json with --url)
FILE is CSV or TSV, plain or .gz. A mapping says what its columns are; see fixtures/replay/imports.
`;

interface Values {
  map?: string;
  pack?: string;
  url?: string;
  key?: string;
  "data-dir"?: string;
  resume?: boolean;
  state?: string;
}

/** Exit code of a command that Ctrl-C ended, as shells have it. */
const interrupted = 130;

/**
 * `ioc import`: answers the exit code: 0 when every file was read and the sums agree, 1 when not, 2 for wrong arguments, 130
 * when it was interrupted and can go on with `--resume`.
 */
export async function importCommand(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const options = {
    map: text,
    pack: text,
    url: text,
    key: text,
    state: text,
    "data-dir": text,
    resume: { type: "boolean" } as const,
  };
  let parsed: { positionals: string[]; values: Values };
  try {
    parsed = parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    return 2;
  }
  const { positionals, values } = parsed;
  const oneTarget = (values.url === undefined) !== (values["data-dir"] === undefined);
  if (positionals.length === 0 || values.map === undefined || !oneTarget) {
    process.stderr.write(usage);
    return 2;
  }
  const mapping = await readMapping(resolve(values.map));
  const files = positionals.map((file) => resolve(file));
  const state = await stateOf(values, resolve(values.map), files);
  const sender = await senderOf(values);
  try {
    return await importAll(files, mapping, sender, state);
  } finally {
    await sender.close();
  }
}

async function stateOf(values: Values, map: string, files: readonly string[]): Promise<ImportState> {
  const dataDir = resolve(values["data-dir"] ?? "./data");
  const path =
    values.state ?? (values.url === undefined ? join(dataDir, "import-state.json") : "ioc-import-state.json");
  const identity = { target: values.url ?? dataDir, mapping: await mappingHash(map) };
  if (values.resume) return await resumedState(resolve(path), identity, files);
  const left = await stat(resolve(path)).catch(() => null);
  if (left)
    process.stderr.write(`an import was interrupted (${path}): this one begins anew; --resume goes on with that\n`);
  return await newState(resolve(path), identity, files);
}

async function senderOf(values: Values): Promise<Sender> {
  if (values.url !== undefined) return httpSender(values.url, values.key ?? process.env["IOC_API_KEY"] ?? "");
  const pack = values.pack ?? process.env["IOC_CITY"] ?? "fixtures/danang";
  return await storeSender(resolve(values["data-dir"] ?? "./data"), resolve(pack));
}

async function importAll(
  files: readonly string[],
  mapping: Mapping,
  sender: Sender,
  state: ImportState,
): Promise<number> {
  const display = createProgressDisplay(process.stderr, () => performance.now());
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  let balanced = true;
  try {
    for (const file of files) {
      const kept = state.of(file);
      const report = kept?.done ? kept.report : await importOne(file, mapping, sender, { state, display, stopping });
      display.clear();
      process.stdout.write(reportLines(report));
      for (const line of imbalance(report)) {
        balanced = false;
        process.stderr.write(`the sums do not agree: ${line}\n`);
      }
    }
    await state.remove();
    return balanced ? 0 : 1;
  } catch (error) {
    display.clear();
    const goOn = files.some((file) => state.of(file)) ? "the same command with --resume goes on\n" : "";
    if (stopping.signal.aborted) process.stderr.write(`interrupted; ${goOn}`);
    else process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${goOn}`);
    return stopping.signal.aborted ? interrupted : 1;
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, stop);
  }
}

interface Run {
  state: ImportState;
  display: ProgressDisplay;
  stopping: AbortController;
}

async function importOne(file: string, mapping: Mapping, sender: Sender, run: Run): Promise<ImportReport> {
  const { state, display, stopping } = run;
  const { size } = await stat(file);
  const from = state.of(file) ?? undefined;
  const startedAt = performance.now();
  let began: { rows: number; share: number } | null = null;
  const report = await importFile(file, mapping, sender, {
    from,
    signal: stopping.signal,
    async onAcknowledged(checkpoint, bytesRead) {
      await state.keep(file, checkpoint, false);
      const share = size > 0 ? Math.min(1, bytesRead / size) : 1;
      const { rows } = checkpoint.report;
      began ??= { rows: from?.report.rows ?? 0, share: from ? share : 0 };
      display.show({ file, rows, share, began, elapsedMs: performance.now() - startedAt });
    },
  });
  await state.keep(file, { place: { end: size, line: report.rows }, report }, true);
  return report;
}
