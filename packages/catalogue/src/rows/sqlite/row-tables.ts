import { columnType } from "@ioc/contracts";
import type { DatasetColumn, DatasetDefinition } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import { keyOf, rowOfText, rowShape, textOfRow } from "../row.ts";
import type { RowShape } from "../row.ts";
import type { Stored } from "../row-types.ts";
import type { DatasetRow } from "./schema.ts";
import { createTable, quoted, rowReading, syntheticColumn, tableOf, updatedColumn } from "./statements.ts";

/** Rows that were sent do not fit the changed definition of their dataset. The message says what to do. */
export class DatasetMismatch extends Error {
  constructor(dataset: string, why: string) {
    super(
      `the rows of dataset ${dataset} do not fit its changed definition: ${why}; nothing was changed. Change the ` +
        "definition in datasets/*.yaml back, or give the changed column another id: it then begins empty",
    );
    this.name = "DatasetMismatch";
  }
}

/** What is noted of a column that a table has. */
export type KeptColumn = Pick<DatasetColumn, "id" | "type" | "key">;

/** @throws Error when the note is none of ours */
export function keptColumns(text: string): KeptColumn[] {
  return (JSON.parse(text) as KeptColumn[]).map(({ id, type, key }) => ({ id, type: columnType.parse(type), key }));
}

/**
 * Makes the tables of datasets, or brings them to the definitions: columns that came are added empty; columns that went stay in
 * the file unseen, and are there again when they come back. When a type or the key changed, rows that were sent are written
 * anew with every value read as the new type; rows of other origins are dropped, for they are brought again.
 *
 * @throws {DatasetMismatch} when a row that was sent cannot be read so; then nothing was changed
 */
export function bringUpTables(db: Database, definitions: readonly DatasetDefinition[], timeZone: string): void {
  const bringUp = db.transaction(() => {
    for (const definition of definitions) {
      bringUpTable(db, definition, timeZone);
      indexAge(db, definition);
    }
  });
  bringUp.immediate();
}

function bringUpTable(db: Database, definition: DatasetDefinition, timeZone: string): void {
  const { id, columns } = definition;
  const shape = rowShape(columns, timeZone);
  const note = (all: readonly KeptColumn[]) =>
    void db
      .prepare("INSERT INTO dataset (id, columns) VALUES (?, ?) ON CONFLICT DO UPDATE SET columns = excluded.columns")
      .run(id, noteOf(all));
  const known = db.prepare<[string], DatasetRow>("SELECT * FROM dataset WHERE id = ?").get(id);
  if (!known) {
    db.exec(createTable(tableOf(id), shape));
    return note(columns);
  }
  const kept = keptColumns(known.columns);
  if (!isSameKey(kept, columns) || isRetyped(kept, columns)) {
    if (definition.origin === "sent") rebuild(db, definition, kept, timeZone);
    else empty(db, id, shape);
    return note(columns);
  }
  const added = columns.filter((column) => !kept.some((one) => one.id === column.id));
  if (added.length === 0) return;
  for (const field of rowShape(added, timeZone).fields) {
    db.exec(`ALTER TABLE ${tableOf(id)} ADD COLUMN ${quoted(field.name)} ${field.sql}`);
  }
  note([...kept, ...added]);
}

/** Finding the oldest and the newest rows must not take a look at all of them. */
function indexAge(db: Database, { id, keep, time }: DatasetDefinition): void {
  const wanted = keep === undefined || time === undefined ? null : `age_${id}_${time}`;
  const there = db
    .prepare<[string], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
    )
    .pluck()
    .all(`rows_${id}`);
  for (const name of there) if (name !== wanted) db.exec(`DROP INDEX ${quoted(name)}`);
  if (wanted === null || there.includes(wanted)) return;
  db.exec(`CREATE INDEX ${quoted(wanted)} ON ${tableOf(id)} (${quoted(time ?? "")})`);
}

function noteOf(columns: readonly KeptColumn[]): string {
  return JSON.stringify(columns.map(({ id, type, key }) => ({ id, type, key })));
}

function isSameKey(kept: readonly KeptColumn[], columns: readonly KeptColumn[]): boolean {
  const keyOf = (all: readonly KeptColumn[]) => all.flatMap(({ id, key }) => (key ? [id] : [])).join(" ");
  return keyOf(kept) === keyOf(columns);
}

function isRetyped(kept: readonly KeptColumn[], columns: readonly KeptColumn[]): boolean {
  return columns.some(({ id, type }) => kept.some((one) => one.id === id && one.type !== type));
}

function empty(db: Database, id: string, shape: RowShape): void {
  db.exec(`DROP TABLE ${tableOf(id)}`);
  db.exec(createTable(tableOf(id), shape));
  db.prepare("UPDATE dataset SET rows = 0, made_up = 0, source = NULL WHERE id = ?").run(id);
}

/** Rows that are read at a time. */
const sliceLength = 2000;

function rebuild(
  db: Database,
  { id, columns }: DatasetDefinition,
  kept: readonly KeptColumn[],
  timeZone: string,
): void {
  const before = rowShape(kept, timeZone);
  const after = rowShape(columns, timeZone);
  const reading = rowReading(db, id, before);
  const made = quoted(`new_${id}`);
  db.exec(createTable(made, after));
  const marks = db
    .prepare<Stored[], [number, number]>(
      `SELECT ${syntheticColumn}, ${updatedColumn} FROM ${tableOf(id)}
       WHERE (${before.keys.map((at) => quoted(before.fields[at]?.name ?? "")).join(", ")})
           = (${before.keys.map(() => "?").join(", ")})`,
    )
    .raw();
  const insert = db.prepare<Stored[]>(
    `INSERT OR IGNORE INTO ${made} VALUES (${after.fields.map(() => "?").join(", ")}, ?, ?)`,
  );
  const names = new Set(columns.map((column) => column.id));
  let last: Stored[] | null = null;
  for (;;) {
    const rows: Stored[][] = reading.slice(last, sliceLength);
    for (const row of rows) {
      const key = keyOf(before, row);
      const texts = Object.entries(textOfRow(before.json(row))).filter(([name]) => names.has(name));
      const read = after.read(rowOfText(columns, Object.fromEntries(texts)));
      const where = `row ${JSON.stringify(key)}`;
      if (!Array.isArray(read)) throw new DatasetMismatch(id, `${where}: column ${read.column}: ${read.message}`);
      const { changes } = insert.run(...read, ...(marks.get(...key) ?? [0, 0]));
      if (changes === 0) throw new DatasetMismatch(id, `${where}: another row has the same key now`);
    }
    const end = rows.at(-1);
    if (rows.length < sliceLength || !end) break;
    last = keyOf(before, end);
  }
  db.exec(`DROP TABLE ${tableOf(id)}`);
  db.exec(`ALTER TABLE ${made} RENAME TO ${tableOf(id)}`);
}
