import {
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@ioc/database";
import { BackupFailed } from "@ioc/observations/sqlite";
import { lockDataFolder } from "@ioc/server";
import { syncFolder } from "./backup.ts";
import { BACKED_UP, readManifest, verifyFiles } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";

/** What SQLite keeps beside a database. */
const COMPANIONS = ["", "-wal", "-shm", "-journal"];
const LOCK_FILES = COMPANIONS.map((suffix) => `lock.db${suffix}`);

export interface Restored {
  manifest: Manifest;
  /** Folder that the files before were put in; null when there were none. */
  putAside: string | null;
}

/**
 * Puts a backup in the place of a data folder. The copy is complete and verified before anything of the target is touched.
 *
 * @param force also when the target is not empty: its files are then put aside in a folder of their own
 * @param now real time, ms
 * @throws {BackupFailed} when the backup is not whole or the target not empty; FolderInUse when a server runs on the target
 */
export async function restore(backup: string, target: string, force: boolean, now: number): Promise<Restored> {
  const manifest = readManifest(backup);
  await verifyFiles(backup, manifest);
  for (const { name } of manifest.files) refuseDamaged(join(backup, name));
  mkdirSync(target, { recursive: true });
  const lock = lockDataFolder(target);
  try {
    const taken = readdirSync(target).filter((name) => !LOCK_FILES.includes(name));
    if (taken.length > 0 && !force) {
      throw new BackupFailed(
        `${target} is not empty (${taken.slice(0, 5).join(", ")}); name another folder, or use --force, ` +
          "which puts what is there aside",
      );
    }
    const copies = join(target, ".restoring");
    rmSync(copies, { recursive: true, force: true });
    try {
      await copyVerified(backup, copies, manifest);
      const putAside = setAside(target, now);
      for (const { name } of manifest.files) renameSync(join(copies, name), join(target, name));
      syncFolder(target);
      return { manifest, putAside };
    } finally {
      rmSync(copies, { recursive: true, force: true });
    }
  } finally {
    lock.close();
  }
}

function refuseDamaged(file: string): void {
  const db = openDatabase(file, { readonly: true });
  try {
    const [first] = db.prepare<[], string>("PRAGMA integrity_check(1)").pluck().all();
    if (first !== "ok") throw new BackupFailed(`${file} is damaged: ${first}`);
  } finally {
    db.close();
  }
}

async function copyVerified(backup: string, copies: string, manifest: Manifest): Promise<void> {
  mkdirSync(copies);
  for (const { name } of manifest.files) {
    const copy = join(copies, name);
    copyFileSync(join(backup, name), copy);
    const handle = openSync(copy, "r+");
    fsyncSync(handle);
    closeSync(handle);
  }
  await verifyFiles(copies, manifest);
}

/** Moves the databases that are there into a new folder inside the target; null when there are none. */
function setAside(target: string, now: number): string | null {
  const names = BACKED_UP.flatMap((name) => COMPANIONS.map((suffix) => name + suffix));
  const there = names.filter((name) => existsSync(join(target, name)));
  if (there.length === 0) return null;
  const stamp = new Date(now).toISOString().replaceAll(":", "").replace(".", "-");
  const folder = join(target, `before-restore-${stamp}`);
  mkdirSync(folder);
  for (const name of there) renameSync(join(target, name), join(folder, name));
  syncFolder(folder);
  return folder;
}
