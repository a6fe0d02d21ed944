import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkDatasets } from "@ioc/catalogue";
import { BackupFailed, checkStore, forgetRollups, openObservations } from "@ioc/observations/sqlite";
import type { StoreCheck } from "@ioc/observations/sqlite";
import { openDataFolder, version } from "@ioc/server";
import { backUp } from "./backup.ts";
import { restore } from "./restore.ts";

const storeUsage = `usage: ioc store check | maintain [--rebuild]   [--data-dir DIR]

  check      looks at every block, figure and rollup of the observation store and at all rows of datasets; the
             server may be running.
             Exit code 1 when there are problems.
  maintain   does all work that waits now: rollups of days that are over, retention. The server must be stopped.
             --rebuild first throws the hourly and daily rollups away that can be made again from readings.
`;
const backupUsage = `usage: ioc backup FOLDER   [--data-dir DIR]

  Copies a data folder into a new folder, whether its server runs or not, and says up to which sequence it is complete.
`;
const restoreUsage = `usage: ioc restore BACKUP [--force]   [--data-dir DIR]

  Verifies a backup and puts it in the place of a data folder whose server is stopped.
  --force also when there are data already: they are put aside in a folder of their own.
`;
const SLICE_MS = 50;
const MIB = 2 ** 20;

/** `ioc store`. Answers the exit code. */
export async function storeCommand(args: readonly string[]): Promise<number> {
  const parsed = parsedOr(storeUsage, args);
  const [verb, ...more] = parsed?.positionals ?? [];
  if (parsed && more.length === 0 && verb === "check") return check(parsed.dataDir);
  if (parsed && more.length === 0 && verb === "maintain") return await maintain(parsed.dataDir, parsed.rebuild);
  process.stderr.write(storeUsage);
  return 2;
}

/** `ioc backup`. */
export async function backupCommand(args: readonly string[]): Promise<number> {
  const parsed = parsedOr(backupUsage, args);
  const [folder, ...more] = parsed?.positionals ?? [];
  if (!parsed || folder === undefined || more.length > 0) {
    process.stderr.write(backupUsage);
    return 2;
  }
  return await reported(async () => {
    const { sequence, contents, files } = await backUp(parsed.dataDir, resolve(folder), Date.now(), version);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    print(
      `${resolve(folder)}: ${(bytes / MIB).toFixed(1)} MiB, ${contents.series} datastreams, ${contents.readings} readings in ` +
        `${contents.blocks} blocks and those of ${contents.journalRows} journal rows`,
    );
    print(`complete up to sequence ${sequence}`);
    return 0;
  });
}

/** `ioc restore`. */
export async function restoreCommand(args: readonly string[]): Promise<number> {
  const parsed = parsedOr(restoreUsage, args);
  const [backup, ...more] = parsed?.positionals ?? [];
  if (!parsed || backup === undefined || more.length > 0) {
    process.stderr.write(restoreUsage);
    return 2;
  }
  return await reported(async () => {
    const { manifest, putAside } = await restore(resolve(backup), parsed.dataDir, parsed.force, Date.now());
    print(`${parsed.dataDir} is as of ${manifest.time}, complete up to sequence ${manifest.sequence}`);
    if (putAside !== null) print(`what was there before is in ${putAside}`);
    return 0;
  });
}

function check(dataDir: string): number {
  let shown = performance.now();
  const result = checkStore(resolve(dataDir, "observations.db"), (done, of) => {
    if (performance.now() - shown < 2000) return;
    shown = performance.now();
    process.stderr.write(`${done} of ${of} datastreams\n`);
  });
  print(
    `${result.series} datastreams, ${result.readings} readings in ${result.blocks} blocks, ` +
      `${result.journalReadings} readings in ${result.journalRows} journal rows, ${result.rollupRows} rows of rollups, ` +
      `sequence ${result.sequence}`,
  );
  printProblems(result);
  const wrongRows = checkRows(resolve(dataDir, "datasets.db"));
  return result.problemCount + wrongRows === 0 ? 0 : 1;
}

/** Answers how many problems there are. A folder of an earlier version has no such file. */
function checkRows(file: string): number {
  if (!existsSync(file)) return 0;
  const { datasets, rows, problems } = checkDatasets(file);
  print(`${datasets} datasets, ${rows} rows`);
  if (problems.length === 0) print("no problems");
  for (const { dataset, problem, advice } of problems) {
    print(`${dataset === null ? "datasets.db" : `dataset ${dataset}`}: ${problem}\n    → ${advice}`);
  }
  return problems.length;
}

function printProblems({ problems, problemCount }: StoreCheck): void {
  if (problemCount === 0) print("no problems");
  for (const { datastream, day, problem, advice } of problems) {
    print(`${[datastream, day, problem].filter((part) => part !== null).join(": ")}\n    → ${advice}`);
  }
  if (problemCount > problems.length) print(`and ${problemCount - problems.length} more`);
  if (problemCount > 0) print(`${problemCount} problems`);
}

async function maintain(dataDir: string, rebuild: boolean): Promise<number> {
  const folder = openDataFolder(dataDir);
  try {
    if (rebuild) forgetRollups(folder.observationsFile);
    const store = await openObservations({ file: folder.observationsFile });
    try {
      const newest = (await store.reader.span())?.to ?? 0;
      const now = Math.max(Date.now(), newest);
      let steps = 1;
      while (await store.maintain(now, SLICE_MS)) steps++;
      print(`all work that waited is done, in ${steps} steps of about ${SLICE_MS} ms`);
    } finally {
      await store.close();
    }
    return 0;
  } finally {
    folder.close();
  }
}

interface Arguments {
  positionals: string[];
  dataDir: string;
  force: boolean;
  rebuild: boolean;
}

function parsedOr(usage: string, args: readonly string[]): Arguments | undefined {
  const options = { "data-dir": { type: "string" }, force: { type: "boolean" }, rebuild: { type: "boolean" } } as const;
  try {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
    const refused = (["force", "rebuild"] as const).find((name) => values[name] && !usage.includes(`--${name}`));
    if (refused) throw new Error(`there is no option --${refused} here`);
    const dataDir = resolve(values["data-dir"] ?? process.env["IOC_DATA_DIR"] ?? "./data");
    return { positionals, dataDir, force: values.force ?? false, rebuild: values.rebuild ?? false };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

/** An expected refusal is a line, not a stack. */
async function reported(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BackupFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
