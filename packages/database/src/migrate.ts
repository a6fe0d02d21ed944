import { DatabaseError } from "./database-error.ts";
import type { Database } from "./open.ts";

/** One step of a component's schema. A step that was released is never changed; a new step follows it. */
export interface Migration {
  /** Positive and rising within the component. */
  id: number;
  name: string;
  up: string | ((db: Database) => void);
}

/**
 * Brings one component's tables to its newest step. Steps are recorded in the table `migration`; each runs in a transaction
 * of its own with its record, so that an interrupted start is continued by the next.
 *
 * @throws {DatabaseError} when the file holds steps that this program does not know (it was written by a newer one), or when
 *   a step fails; then nothing of that step is kept.
 */
export function migrate(db: Database, component: string, migrations: readonly Migration[]): void {
  checkOrder(component, migrations);
  db.exec(
    `CREATE TABLE IF NOT EXISTS migration (
       component TEXT NOT NULL, id INTEGER NOT NULL, name TEXT NOT NULL, applied_at TEXT NOT NULL,
       PRIMARY KEY (component, id)
     ) WITHOUT ROWID`,
  );
  const applied = db.prepare<[string], { id: number; name: string }>(
    "SELECT id, name FROM migration WHERE component = ? ORDER BY id",
  );
  refuseUnknown(db, component, migrations, applied.all(component));
  const record = db.prepare("INSERT INTO migration VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))");
  for (const migration of migrations) {
    const step = db.transaction(() => {
      // Looked up inside the transaction: another process may have taken this step meanwhile.
      if (applied.all(component).some((row) => row.id === migration.id)) return;
      if (typeof migration.up === "string") db.exec(migration.up);
      else migration.up(db);
      record.run(component, migration.id, migration.name);
    });
    try {
      step.immediate();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new DatabaseError(
        `database ${db.name}: step ${migration.id} "${migration.name}" of ${component} failed: ${message}`,
        { cause: error },
      );
    }
  }
}

function checkOrder(component: string, migrations: readonly Migration[]): void {
  let last = 0;
  for (const { id, name } of migrations) {
    if (!Number.isInteger(id) || id <= last) {
      throw new RangeError(`migrations of ${component}: step ${id} "${name}" does not follow step ${last}`);
    }
    last = id;
  }
}

function refuseUnknown(
  db: Database,
  component: string,
  migrations: readonly Migration[],
  applied: readonly { id: number; name: string }[],
): void {
  const unknown = applied.find((row) => !migrations.some((migration) => migration.id === row.id));
  if (!unknown) return;
  throw new DatabaseError(
    `database ${db.name} was written by a newer program: ${component} has step ${unknown.id} "${unknown.name}", ` +
      `this program knows up to step ${migrations.at(-1)?.id ?? 0}; start the newer program or restore an older backup`,
  );
}
