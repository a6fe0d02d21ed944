import { join } from "node:path";
import type { Alert, AlertEvent, Severity } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { initialState } from "../state/state.ts";
import { openAlertStore } from "./alert-store.ts";
import type { AlertStore } from "./alert-store.ts";
import type { NewAlertEvent } from "./projection.ts";

const machine = { ...initialState({ levels: [], clearFor: 0, staleAfter: 1, lateAfter: 1, reopenWithin: 0 }), at: 0 };

interface Given {
  id: string;
  subject?: string;
  definition?: string;
  condition?: Alert["condition"];
  level?: number;
  severity?: Severity;
  firedAt?: number;
  clearedAt?: number | null;
  type?: AlertEvent["type"];
  /** Level before. */
  from?: number;
  areas?: Record<string, string[]>;
}

/** A line of the machine after which the alert is as given. */
export function alertAt({
  id,
  condition = "firing",
  level = 1,
  severity = "Minor",
  firedAt = 0,
  ...rest
}: Given): NewAlertEvent {
  const text = { vi: "Ngập", en: "Flood" };
  const subject = { type: "station" as const, id: rest.subject ?? "sf-one" };
  return {
    event: {
      alert: id,
      type: rest.type ?? (condition === "cleared" ? "cleared" : "fired"),
      time: firedAt,
      processedAt: firedAt,
      actor: "rule",
      from: { condition: rest.from ? "firing" : null, level: rest.from ?? 0 },
      to: { condition, level },
      evidence: {
        signals: { d: 0.4 },
        when: "d >= 0.3",
        clear: null,
        basis: "project",
        source: "s",
        readings: [],
        definitionVersion: 1,
      },
    },
    after: {
      id,
      definition: rest.definition ?? "w-street-flood",
      name: text,
      hazard: "urban-flood",
      domain: "flood",
      subject,
      areas: rest.areas ?? { "dn-2025": ["20242", "48"] },
      condition,
      scale: "ioc",
      level,
      peakLevel: level,
      severity,
      peakSeverity: severity,
      stale: false,
      error: null,
      headline: text,
      value: 0.4,
      unit: "m",
      decimals: 2,
      episode: 1,
      startedAt: firedAt,
      firedAt,
      changedAt: firedAt,
      clearedAt: rest.clearedAt ?? (condition === "cleared" ? firedAt : null),
      exercise: false,
    },
    machine,
  };
}

/** Runs with a store in a file of its own. */
export async function withStore(run: (store: AlertStore, db: ReturnType<typeof openDatabase>) => Promise<void>) {
  using folder = temporaryFolder();
  const db = openDatabase(join(folder.path, "city.db"));
  await run(openAlertStore(db), db);
  db.close();
}
