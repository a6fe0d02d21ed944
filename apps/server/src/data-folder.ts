import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { migrate, openDatabase, type Database, type Migration } from "@ioc/database";

/** The data folder of a running server: nobody else may use it. */
export interface DataFolder {
  observationsFile: string;
  /** Rows of datasets. A folder of an earlier version has none yet. */
  datasetsFile: string;
  /** `city.db`: alerts, keys and settings. */
  city: Database;
  settings: SettingStore;
  close(): void;
}

/** Small values that outlive the process. */
export interface SettingStore {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`another server is using the data folder ${folder}; stop it, or give this one its own IOC_DATA_DIR`);
    this.name = "FolderInUse";
  }
}

export class FolderUnusable extends Error {
  constructor(folder: string, why: string) {
    super(
      `the data folder ${folder} cannot be made or used: ${why}; mend that, or name another folder in IOC_DATA_DIR`,
    );
    this.name = "FolderUnusable";
  }
}

const migrations: Migration[] = [
  { id: 1, name: "settings", up: "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID" },
];

/**
 * @throws {FolderInUse} when another process holds the folder; {@link FolderUnusable} when there can be none; `DatabaseError`
 *   when a file in it cannot be used
 */
export function openDataFolder(folder: string): DataFolder {
  makeFolder(folder);
  const lock = takeLock(folder);
  try {
    const city = openDatabase(join(folder, "city.db"));
    migrate(city, "server", migrations);
    return {
      observationsFile: join(folder, "observations.db"),
      datasetsFile: join(folder, "datasets.db"),
      city,
      settings: settingStore(city),
      close() {
        city.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new FolderUnusable(folder, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Holds a data folder without opening what is in it.
 * @throws {FolderInUse} when another process holds it
 */
export function lockDataFolder(folder: string): { close(): void } {
  return takeLock(folder);
}

/** An open write transaction is a lock that the operating system lifts when the process dies, however it dies. */
function takeLock(folder: string): Database {
  const lock = openDatabase(join(folder, "lock.db"));
  lock.pragma("busy_timeout = 0");
  try {
    lock.exec("BEGIN IMMEDIATE");
    return lock;
  } catch (error) {
    lock.close();
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw code.startsWith("SQLITE_BUSY") ? new FolderInUse(folder) : error;
  }
}

function settingStore(db: Database): SettingStore {
  const read = db.prepare<[string], { value: string }>("SELECT value FROM setting WHERE key = ?");
  const write = db.prepare("INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  return {
    get: (key) => read.get(key)?.value,
    set: (key, value) => void write.run(key, value),
  };
}
