import type { Board, BoardCard, List } from "@ioc/contracts";
import { kyselyOf, migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { Kysely } from "kysely";
import { migrations } from "./schema.ts";
import type { BoardRow, BoardSchema } from "./schema.ts";

/** Boards that one installation keeps. A project setting. */
export const mostBoards = 500;

/** What became of a board that was to be saved: the board, the version in force when it is another one, or that there is no room. */
export type Saving =
  | { outcome: "saved"; board: Board }
  | { outcome: "conflict"; version: number | null }
  | { outcome: "full" };

/** Boards of statistics. A card may name a statistic that does not exist. */
export class BoardStore {
  private readonly db: Kysely<BoardSchema>;

  constructor(db: Kysely<BoardSchema>) {
    this.db = db;
  }

  /** In the order of their ids. */
  async list(page: { limit: number; offset: number }): Promise<List<Board>> {
    const rows = await this.db
      .selectFrom("board")
      .selectAll()
      .orderBy("id")
      .limit(page.limit)
      .offset(page.offset)
      .execute();
    return { items: rows.map(boardOf), total: await countOf(this.db) };
  }

  async get(id: string): Promise<Board | null> {
    const row = await this.db.selectFrom("board").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? boardOf(row) : null;
  }

  /**
   * Keeps a board as the version after the one that it names, when that is the version in force. A new board must name 1, and
   * has version 1 then.
   */
  async save(board: Board): Promise<Saving> {
    return await this.db.transaction().execute(async (trx): Promise<Saving> => {
      const row = await trx.selectFrom("board").select("version").where("id", "=", board.id).executeTakeFirst();
      if (board.version !== (row?.version ?? 1)) return { outcome: "conflict", version: row?.version ?? null };
      if (!row && (await countOf(trx)) >= mostBoards) return { outcome: "full" };
      const saved = { ...board, version: row ? row.version + 1 : 1 };
      const { id, version, name, description, cards, updatedAt } = saved;
      await trx
        .replaceInto("board")
        .values({ id, version, name, description, cards: JSON.stringify(cards), updated_at: updatedAt })
        .execute();
      return { outcome: "saved", board: saved };
    });
  }

  /** False when there is none. */
  async remove(id: string): Promise<boolean> {
    const done = await this.db.deleteFrom("board").where("id", "=", id).executeTakeFirst();
    return done.numDeletedRows > 0n;
  }
}

/** Brings the tables of an open database up to date. Throws DatabaseError when it was written by a newer program. */
export function openBoardStore(db: Database): BoardStore {
  migrate(db, "boards", migrations);
  return new BoardStore(kyselyOf<BoardSchema>(db));
}

async function countOf(db: Kysely<BoardSchema>): Promise<number> {
  const count = await db
    .selectFrom("board")
    .select((eb) => eb.fn.countAll().as("n"))
    .executeTakeFirst();
  return Number(count?.n ?? 0);
}

function boardOf({ id, version, name, description, cards, updated_at: updatedAt }: BoardRow): Board {
  return { id, version, name, description, cards: JSON.parse(cards) as BoardCard[], updatedAt };
}
