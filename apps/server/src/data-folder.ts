import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { migrate, openDatabase, type Database, type Migration } from "@ioc/database";

/** The data folder of a running server: nobody else may use it. */
export interface DataFolder {
  observationsFile: string;
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

const migrations: Migration[] = [
  { id: 1, name: "settings", up: "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID" },
];

/** @throws {FolderInUse} when another process holds the folder; `DatabaseError` when it cannot be used. */
export function openDataFolder(folder: string): DataFolder {
  mkdirSync(folder, { recursive: true });
  const lock = takeLock(folder);
  try {
    const city = openDatabase(join(folder, "city.db"));
    migrate(city, "server", migrations);
    return {
      observationsFile: join(folder, "observations.db"),
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
