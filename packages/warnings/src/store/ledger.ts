import type { Alert, SuppressedBy } from "@ioc/contracts";
import type { MachineState } from "../state/state.ts";
import { handlingOf, newWork, stepWork } from "../state/work.ts";
import type { WorkEffect, WorkInput, WorkState } from "../state/work.ts";
import type { ConditionSide, LogLine, NewAlertEvent } from "./projection.ts";

/** An alert as it stands in the transaction, with the state of its rule. */
export interface Standing {
  readonly alert: Alert;
  readonly machine: MachineState;
}

/** Who did it and when: city time, ms. */
export interface Deed {
  readonly actor: string;
  readonly now: number;
}

/** Who writes what the rule itself does to the human side, and what suppressions and the clock do. */
const rule = "rule";
const suppression = "suppression";
const clock = "clock";

type Effect = Pick<WorkEffect, "type" | "detail"> & { readonly work: WorkEffect["work"] | null };

/**
 * The lines that one transaction adds to the log. The machine knows nothing of what people do and people nothing of the machine;
 * here each line gets the side that it does not know from the alert as it stands.
 */
export class Ledger {
  readonly lines: LogLine[] = [];
  private readonly standing: Map<string, Standing>;

  /** @param standing the alerts that lines will be about, as they are stored; new ones are not among them */
  constructor(standing: Iterable<Standing>) {
    this.standing = new Map(Array.from(standing, (one) => [one.alert.id, one]));
  }

  /** Alerts that further lines are about, as they are stored; those that are here already stay as they are. */
  include(standing: readonly Standing[]): void {
    for (const one of standing) if (!this.standing.has(one.alert.id)) this.standing.set(one.alert.id, one);
  }

  /** Alerts that lines were added for, as they are afterwards. */
  changed(): Alert[] {
    const ids = new Set(this.lines.map(({ event }) => event.alert));
    return [...ids].map((id) => this.known(id).alert);
  }

  has(id: string): boolean {
    return this.standing.has(id);
  }

  get(id: string): Standing | undefined {
    return this.standing.get(id);
  }

  /** A line of the machine; what it means for the human side follows it. */
  told({ event, after, machine }: NewAlertEvent): void {
    const before = this.standing.get(after.id)?.alert;
    const { work, ...handling } = before ? workOf(before) : newWork;
    const suppressedBy = before?.suppressedBy ?? [];
    const line = { ...event, work: null, detail: {} };
    this.add({ event: line, after: { ...conditionSide(after), work, handling, suppressedBy }, machine });
    this.work(after.id, { type: "told", event }, { actor: rule, now: event.processedAt });
  }

  /** Something for the human side. Answers why it is refused; null when it is not. */
  work(id: string, input: WorkInput, deed: Deed): string | null {
    const { alert } = this.known(id);
    const open = alert.condition !== "cleared";
    const level = open ? alert.level : alert.peakLevel;
    const { state, effects, refused } = stepWork(workOf(alert), input, { open, level, now: deed.now });
    for (const effect of effects) {
      this.line(id, { work: state.work, handling: handlingOf(state) }, effect, deed);
    }
    return refused;
  }

  /** The time of a shelf has come. */
  expire(id: string, now: number): void {
    this.work(id, { type: "clock" }, { actor: clock, now });
  }

  /** An alert is suppressed by something else than before. */
  suppress(id: string, by: readonly SuppressedBy[], now: number): void {
    const type = by.length > 0 ? "suppressed" : "unsuppressed";
    const effect = { type, work: null, detail: by.length > 0 ? { suppressedBy: [...by] } : {} } as const;
    this.line(id, { suppressedBy: [...by] }, effect, { actor: suppression, now });
  }

  private line(id: string, change: Partial<Alert>, effect: Effect, { actor, now }: Deed): void {
    const { alert, machine } = this.known(id);
    const { sequence: _sequence, evidence, ...present } = alert;
    const side = { condition: alert.condition, level: alert.level };
    const event = { alert: id, time: now, processedAt: now, actor, from: side, to: side, ...effect, evidence };
    this.add({ event, after: { ...present, ...change }, machine });
  }

  private add(line: LogLine): void {
    this.lines.push(line);
    const alert = { ...line.after, evidence: line.event.evidence, sequence: 0 };
    this.standing.set(alert.id, { alert, machine: line.machine });
  }

  private known(id: string): Standing {
    const found = this.standing.get(id);
    if (!found) throw new Error(`the alert ${id} is not part of this transaction`);
    return found;
  }
}

export function workOf({ work, handling }: Pick<Alert, "work" | "handling">): WorkState {
  return { work, ...handling };
}

/** Only what the machine knows, even when it was given an alert that was stored. */
function conditionSide(after: ConditionSide & Partial<Alert>): ConditionSide {
  const { sequence: _1, evidence: _2, work: _3, handling: _4, suppressedBy: _5, ...side } = after;
  return side;
}
