import type { Alert } from "@ioc/contracts";
import type { Transaction } from "kysely";
import type { Directory } from "../routing/directory.ts";
import type { Timing } from "../routing/ladder.ts";
import { columnsOf } from "./rows.ts";
import { newIncident } from "../incident/incident.ts";
import type { NoticeSchema } from "./schema.ts";

interface StormOptions {
  directory: Directory;
  timing: Timing;
  now: number;
  mark: number;
}

/**
 * When very many alerts of a rule have come within a short time, its young incidents become one of the whole city: all members
 * move there, and notices that have not been sent are superseded.
 *
 * @returns the storm's id and then the ids of what became part of it; empty when there is no storm
 */
export async function mergeStorm(
  trx: Transaction<NoticeSchema>,
  alert: Pick<Alert, "definition" | "exercise">,
  { directory, timing, now, mark }: StormOptions,
): Promise<string[]> {
  const young = await trx
    .selectFrom("incident")
    .selectAll()
    .where("definition", "=", alert.definition)
    .where("exercise", "=", alert.exercise ? 1 : 0)
    .where("state", "=", "open")
    .where("joined_at", ">=", now - timing.joinWithin)
    .orderBy("opened_at")
    .execute();
  const [first] = young;
  if (!first || young.length < 2) return [];
  const ids = young.map(({ id }) => id);
  const recent = await trx
    .selectFrom("incident_member")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("incident", "in", ids)
    .where("joined_at", ">=", now - timing.storm.within)
    .executeTakeFirstOrThrow();
  if (Number(recent.n) < timing.storm.alerts) return [];

  const storm = `${alert.definition}.storm-${mark}`;
  await trx
    .insertInto("incident")
    .values({
      ...first,
      ...columnsOf(newIncident(now)),
      id: storm,
      centre: directory.root,
      storm: 1,
      merged_into: null,
      opened_at: first.opened_at,
    })
    .execute();
  await trx.updateTable("incident_member").set({ incident: storm }).where("incident", "in", ids).execute();
  await trx
    .updateTable("incident")
    .set({ state: "merged", merged_into: storm, step_at: null, repeat_at: null })
    .where("id", "in", ids)
    .execute();
  await trx
    .updateTable("notice")
    .set({ state: "superseded" })
    .where("incident", "in", ids)
    .where("state", "=", "waiting")
    .where("attempts", "=", 0)
    .execute();
  return [storm, ...ids];
}
