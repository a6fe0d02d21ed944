import {
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
} from "node:fs";
import { statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BackupFailed, contentsOf, snapshotDatabase } from "@ioc/observations/sqlite";
import { describeFile, filesOf, MANIFEST } from "./manifest.ts";
import type { BackedUp, Manifest } from "./manifest.ts";

/**
 * Backs a data folder up into a new folder, whether its server runs or not. All is written beside the target and gets its
 * name at the end, in one step: a folder of that name is always a whole backup.
 *
 * @param now real time, ms
 * @param program version of this program
 * @throws {BackupFailed} when the target is not empty or has too little room; nothing of the backup is left then
 */
export async function backUp(dataDir: string, target: string, now: number, program: string): Promise<Manifest> {
  refuseTaken(target);
  const partial = join(dirname(target), `.${basename(target)}.partial`);
  mkdirSync(dirname(target), { recursive: true });
  const names = filesOf(dataDir);
  refuseWithoutRoom(dataDir, names, dirname(target));
  // What an earlier backup left when it was ended.
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial);
  try {
    for (const name of names) snapshotDatabase(join(dataDir, name), join(partial, name));
    const manifest = await describe(partial, names, now, program);
    writeFileSync(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
    syncFolder(partial);
    renameSync(partial, target);
    syncFolder(dirname(target));
    return manifest;
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw withoutRoom(error) ? new BackupFailed(`the disk of ${dirname(target)} is full; free space`, error) : error;
  }
}

async function describe(folder: string, names: readonly BackedUp[], now: number, program: string): Promise<Manifest> {
  const { sequence, ...contents } = contentsOf(join(folder, "observations.db"));
  const files: Manifest["files"] = [];
  for (const name of names) files.push(await describeFile(folder, name));
  const time = new Date(now).toISOString();
  return { format: "city-ioc-backup", version: 1, program, time, sequence, contents, files };
}

function refuseTaken(target: string): void {
  if (!existsSync(target)) return;
  if (!statSync(target).isDirectory()) throw new BackupFailed(`${target} is a file; name a new folder`);
  if (readdirSync(target).length > 0)
    throw new BackupFailed(`${target} is not empty; name a new folder for each backup`);
}

function refuseWithoutRoom(dataDir: string, names: readonly BackedUp[], folder: string): void {
  let needed = 0;
  for (const name of names) {
    const file = join(dataDir, name);
    needed += statSync(file).size;
    if (existsSync(`${file}-wal`)) needed += statSync(`${file}-wal`).size;
  }
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= needed) return;
  const mebibytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);
  throw new BackupFailed(
    `${folder} has ${mebibytes(bavail * bsize)} MiB left and the backup may take ${mebibytes(needed)} MiB; ` +
      "free space or choose another disk",
  );
}

function withoutRoom(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOSPC";
}

/** New names in a folder outlive a loss of power only once the folder itself is on the disk. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
