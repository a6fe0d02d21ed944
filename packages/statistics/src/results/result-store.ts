import type { List, StatisticResult } from "@ioc/contracts";
import { kyselyOf, migrate } from "@ioc/database";
import type { Database } from "@ioc/database";
import type { Kysely } from "kysely";
import { migrations } from "./schema.ts";
import type { ResultRow, ResultSchema } from "./schema.ts";

/** A headline of a statistic, to be kept. */
export interface NewResult extends StatisticResult {
  statistic: string;
}

/** Part of a statistic's history: those with `from` <= at < `to`, in ms. */
export interface ResultFilter {
  from?: number | undefined;
  to?: number | undefined;
  limit: number;
  offset: number;
}

/** Rows in one statement; 8 columns stay far below SQLite's 32,766 parameters. */
const chunk = 500;

/** Headlines of statistics as they were calculated. */
export class ResultStore {
  private readonly db: Kysely<ResultSchema>;
  /** The newest that is kept of each statistic that was asked for. */
  private readonly newest = new Map<string, StatisticResult | null>();

  constructor(db: Kysely<ResultSchema>) {
    this.db = db;
  }

  /**
   * Keeps, in one transaction and in the order given, each result that differs from the one kept before it in more than the
   * time of its calculation and its window; answers how many. One of the same instant takes the other's place.
   */
  async append(results: readonly NewResult[]): Promise<number> {
    const last = new Map<string, StatisticResult | null>();
    const kept: NewResult[] = [];
    for (const result of results) {
      const { statistic } = result;
      const before = last.has(statistic) ? last.get(statistic) : await this.lastKept(statistic);
      if (before && isSame(before, result)) continue;
      last.set(statistic, result);
      kept.push(result);
    }
    if (kept.length === 0) return 0;
    // A statement may not name a row twice.
    const rows = [...new Map(kept.map((one) => [`${one.statistic} ${one.at}`, rowOf(one)])).values()];
    await this.db.transaction().execute(async (trx) => {
      for (let from = 0; from < rows.length; from += chunk) {
        await trx
          .replaceInto("statistic_result")
          .values(rows.slice(from, from + chunk))
          .execute();
      }
    });
    for (const [statistic, result] of last) this.newest.set(statistic, result);
    return kept.length;
  }

  /** Newest first. */
  async list(statistic: string, { from, to, limit, offset }: ResultFilter): Promise<List<StatisticResult>> {
    let found = this.db.selectFrom("statistic_result").where("statistic", "=", statistic);
    if (from !== undefined) found = found.where("at", ">=", from);
    if (to !== undefined) found = found.where("at", "<", to);
    const rows = await found.selectAll().orderBy("at", "desc").limit(limit).offset(offset).execute();
    const count = await found.select((eb) => eb.fn.countAll().as("n")).executeTakeFirst();
    return { items: rows.map(resultOf), total: Number(count?.n ?? 0) };
  }

  /** What was in force at `time` (ms): the newest that was calculated then or before; null when none is kept. */
  async at(statistic: string, time: number): Promise<StatisticResult | null> {
    const row = await this.db
      .selectFrom("statistic_result")
      .selectAll()
      .where("statistic", "=", statistic)
      .where("at", "<=", time)
      .orderBy("at", "desc")
      .limit(1)
      .executeTakeFirst();
    return row ? resultOf(row) : null;
  }

  /** City time of the oldest result that is kept; null when there is none. */
  async oldest(): Promise<number | null> {
    const row = await this.db
      .selectFrom("statistic_result")
      .select((eb) => eb.fn.min("at").as("at"))
      .executeTakeFirst();
    return row?.at ?? null;
  }

  /** Of the results of each statistic with `from` <= at < `to`, only the last stays. */
  async keepLast(from: number, to: number): Promise<void> {
    await this.db
      .deleteFrom("statistic_result")
      .where("at", ">=", from)
      .where("at", "<", to)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom("statistic_result as later")
            .select("later.at")
            .whereRef("later.statistic", "=", "statistic_result.statistic")
            .whereRef("later.at", ">", "statistic_result.at")
            .where("later.at", "<", to),
        ),
      )
      .execute();
  }

  /** Drops what was calculated before; the last of each statistic stays, since it was in force from then on. */
  async forget(before: number): Promise<void> {
    await this.keepLast(0, before);
  }

  private async lastKept(statistic: string): Promise<StatisticResult | null> {
    const known = this.newest.get(statistic);
    if (known !== undefined) return known;
    const found = await this.at(statistic, Number.MAX_SAFE_INTEGER);
    this.newest.set(statistic, found);
    return found;
  }
}

/** Brings the tables of an open database up to date. Throws DatabaseError when it was written by a newer program. */
export function openResultStore(db: Database): ResultStore {
  migrate(db, "statistic results", migrations);
  return new ResultStore(kyselyOf<ResultSchema>(db));
}

function isSame(a: StatisticResult, b: StatisticResult): boolean {
  return a.value === b.value && a.asOf === b.asOf && a.coverage === b.coverage && a.status === b.status;
}

function rowOf({ statistic, at, value, asOf, coverage, status, window }: NewResult): ResultRow {
  return { statistic, at, value, as_of: asOf, coverage, status, window_from: window.from, window_to: window.to };
}

function resultOf(row: ResultRow): StatisticResult {
  return {
    at: row.at,
    value: row.value,
    asOf: row.as_of,
    coverage: row.coverage,
    status: row.status as StatisticResult["status"],
    window: { from: row.window_from, to: row.window_to },
  };
}
