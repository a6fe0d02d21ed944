import type { Alert } from "@ioc/contracts";
import type { Transaction } from "kysely";
import type { MachineState } from "../state/state.ts";
import type { Standing } from "./ledger.ts";
import { alertOf, projectionOf } from "./projection.ts";
import type { AlertEventRow, AlertSchema } from "./schema.ts";

/** Rows in one statement; 16 columns stay far below SQLite's 32,766 parameters. */
const chunk = 200;

/** The alerts of these ids as they are stored. */
export async function standing(trx: Transaction<AlertSchema>, ids: readonly string[]): Promise<Standing[]> {
  const found: Standing[] = [];
  for (const part of chunks(ids)) {
    const rows = await trx.selectFrom("alert").select(["alert", "machine"]).where("id", "in", part).execute();
    found.push(...rows.map((row) => ({ alert: alertOf(row), machine: JSON.parse(row.machine) as MachineState })));
  }
  return found;
}

/** Brings the projection up to the lines; answers the alerts as they are then, one each. */
export async function project(trx: Transaction<AlertSchema>, rows: readonly AlertEventRow[]): Promise<Alert[]> {
  const newest = new Map<string, AlertEventRow>();
  for (const row of rows) newest.set(row.alert, row);
  const projected = [...newest.values()].map(projectionOf);
  // What is over goes first, so that its successor on the same subject may open.
  const order = projected.toSorted((a, b) => Number(isOpen(a.alert)) - Number(isOpen(b.alert)));
  for (const part of chunks(order)) {
    await trx
      .insertInto("alert")
      .values(part.map(({ alert }) => alert))
      .onConflict((conflict) =>
        conflict.column("id").doUpdateSet((eb) => ({
          condition: eb.ref("excluded.condition"),
          work: eb.ref("excluded.work"),
          suppressed: eb.ref("excluded.suppressed"),
          severity_rank: eb.ref("excluded.severity_rank"),
          level: eb.ref("excluded.level"),
          started_at: eb.ref("excluded.started_at"),
          fired_at: eb.ref("excluded.fired_at"),
          cleared_at: eb.ref("excluded.cleared_at"),
          sequence: eb.ref("excluded.sequence"),
          alert: eb.ref("excluded.alert"),
          machine: eb.ref("excluded.machine"),
        })),
      )
      .execute();
  }
  for (const part of chunks(order.flatMap(({ areas }) => areas))) {
    await trx
      .insertInto("alert_area")
      .values(part)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return projected.map(({ alert }) => alertOf(alert));
}

function isOpen({ condition }: { condition: string }): boolean {
  return condition !== "cleared";
}

/** Parts small enough for one statement. */
export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += chunk) yield rows.slice(from, from + chunk);
}
