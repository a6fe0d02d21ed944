import { migrate, type Database } from "@ioc/database";
import { typeOfSet, type SetName } from "../model/entity-types.ts";
import { sequenceOf } from "./entities.ts";
import type { Entity, Links } from "./entity.ts";
import { migrations } from "./schema.ts";

/** What one request changes; all of it is written in one transaction. */
export interface EntityChanges {
  put: readonly Entity[];
  removed: readonly Entity[];
}

interface Body {
  values: Record<string, unknown>;
  links: Links;
}

/** Entities that clients created and the numbers of all, in a SQLite file. */
export class EntityFile {
  readonly #db: Database;
  readonly #last: Map<string, number>;
  readonly #numbers = new Map<string, { id: number; since: number }>();
  readonly #insert;
  readonly #delete;
  readonly #number;
  readonly #sequence;

  /** @throws {DatabaseError} when the file was written by a newer program. */
  constructor(db: Database) {
    migrate(db, "sensorthings", migrations);
    this.#db = db;
    this.#insert = db.prepare(
      "INSERT INTO sta_entity (kind, id, body) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body",
    );
    this.#delete = db.prepare("DELETE FROM sta_entity WHERE kind = ? AND id = ?");
    this.#number = db.prepare("INSERT INTO sta_number (kind, pack_id, id, since) VALUES (?, ?, ?, ?)");
    this.#sequence = db.prepare(
      "INSERT INTO sta_sequence (kind, last) VALUES (?, ?) ON CONFLICT DO UPDATE SET last = excluded.last",
    );
    const sequences = db.prepare<[], { kind: string; last: number }>("SELECT kind, last FROM sta_sequence");
    this.#last = new Map(sequences.all().map(({ kind, last }) => [kind, last]));
    const numbers = db.prepare<[], { kind: string; pack_id: string; id: number; since: number }>(
      "SELECT kind, pack_id, id, since FROM sta_number",
    );
    for (const { kind, pack_id, id, since } of numbers.all()) this.#numbers.set(`${kind} ${pack_id}`, { id, since });
  }

  /** An id that no entity of the set ever had. It is remembered with the next change that is written. */
  nextId(set: SetName): number {
    const kind = sequenceOf(set);
    const id = (this.#last.get(kind) ?? 0) + 1;
    this.#last.set(kind, id);
    return id;
  }

  /**
   * Runs `build`, which asks for the number of each pack entity; numbers that are new are written at its end.
   * @param now ms, for entities that are seen for the first time
   */
  numbering<T>(now: number, build: (number: (set: SetName, packId: string) => { id: number; since: number }) => T): T {
    return this.#db.transaction(() => {
      const built = build((set, packId) => {
        const key = `${set} ${packId}`;
        let known = this.#numbers.get(key);
        if (!known) {
          known = { id: this.nextId(set), since: now };
          this.#numbers.set(key, known);
          this.#number.run(set, packId, known.id, now);
        }
        return known;
      });
      this.#writeSequences();
      return built;
    })();
  }

  /** What clients created, by set and id. */
  created(): Entity[] {
    const rows = this.#db
      .prepare<[], { kind: string; id: number; body: string }>(
        "SELECT kind, id, body FROM sta_entity ORDER BY kind, id",
      )
      .all();
    return rows.flatMap(({ kind, id, body }) => {
      const type = typeOfSet(kind);
      if (!type) return [];
      const { values, links } = JSON.parse(body) as Body;
      return [{ type, id, values, links, packId: null }];
    });
  }

  /** Writes all changes or, when it throws, none. */
  write(changes: EntityChanges): void {
    this.#db.transaction(() => {
      for (const { type, id, values, links } of changes.put) {
        this.#insert.run(type.set, id, JSON.stringify({ values, links } satisfies Body));
      }
      for (const { type, id } of changes.removed) this.#delete.run(type.set, id);
      this.#writeSequences();
    })();
  }

  #writeSequences(): void {
    for (const [kind, last] of this.#last) this.#sequence.run(kind, last);
  }
}
