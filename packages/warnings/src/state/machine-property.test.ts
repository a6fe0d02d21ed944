import { array, assert, constant, integer, nat, oneof, property, record, tuple } from "fast-check";
import { expect, test } from "vitest";
import { exactly } from "../expression/bounds.ts";
import { clearingOf, compileExpression } from "../expression/expression.ts";
import { Ledger, workOf } from "../store/ledger.ts";
import { alertAt } from "../store/test-store.ts";
import { step } from "./machine.ts";
import { initialState, isOpen } from "./state.ts";
import type { MachineInput, MachineRule, MachineState } from "./state.ts";
import { newWork, replayWork, stepWork } from "./work.ts";
import type { WorkDeed, WorkState } from "./work.ts";

const seed = 20_261_022;

const rules = record({
  fors: tuple(nat(20), nat(20), nat(20)),
  clearFor: nat(30),
  staleAfter: integer({ min: 5, max: 40 }),
  lateAfter: nat(12),
  reopenWithin: nat(20),
  hysteresis: nat(5),
});

const inputs = array(
  record({
    wait: nat(15),
    what: oneof(
      { weight: 8, arbitrary: integer({ min: 0, max: 35 }) },
      constant(null),
      constant("clock"),
      constant("error"),
    ),
  }),
  { maxLength: 60 },
);

const whens = ["d >= 10", "d >= 20", "d >= 30"];

function inputsOf(drawn: { wait: number; what: number | string | null }[], hysteresis: number): MachineInput[] {
  const when = whens.map(compileExpression);
  const clear = whens.map((text) => clearingOf(text, hysteresis));
  let at = 0;
  return drawn.map(({ wait, what }) => {
    at += wait + 1;
    if (what === "clock") return { type: "clock", at };
    if (what === "error") return { type: "error", at, message: "boom" };
    const scope = () => exactly(what as number | null);
    return {
      type: "reading",
      at,
      when: when.map((expression) => expression.test(scope)),
      clear: clear.map((expression) => expression.test(scope)),
    };
  });
}

function checkState(rule: MachineRule, state: MachineState): void {
  const { condition, level, episode } = state;
  expect([0, ...rule.levels.map((entry) => entry.level)]).toContain(level);
  expect(level > 0).toBe(isOpen(state));
  if (condition === "pending") expect(state.held.some((since) => since !== null)).toBe(true);
  if (isOpen(state)) {
    expect(episode).not.toBeNull();
    expect(episode?.clearedAt).toBeNull();
    expect(episode?.peakLevel).toBeGreaterThanOrEqual(level);
    expect(episode?.startedAt).toBeLessThanOrEqual(episode?.firedAt ?? 0);
  } else {
    expect(state.stale).toBe(false);
    expect(episode === null || episode.clearedAt !== null).toBe(true);
  }
}

test("no sequence reaches an illegal state, and the told transitions alone lead to the same condition and level", () => {
  assert(
    property(rules, inputs, ({ fors, hysteresis, ...times }, drawn) => {
      const rule: MachineRule = {
        ...times,
        levels: fors.map((duration, index) => ({ level: index + 1, for: duration })),
      };
      let state = initialState(rule);
      let shown = { condition: null as string | null, level: 0, stale: false };
      for (const input of inputsOf(drawn, hysteresis)) {
        const before = state;
        const result = step(rule, state, input);
        state = result.state;
        checkState(rule, state);
        for (const { type, from, to } of result.effects) {
          // Each line takes up where the alert was.
          expect(from.level).toBe(type === "stale" || type === "error" ? to.level : shown.level);
          const over = to.condition === "cleared";
          shown = {
            condition: over ? null : to.condition,
            level: to.level,
            stale: !over && (type === "stale" || (shown.stale && type !== "fresh")),
          };
        }
        expect(shown).toEqual({
          condition: isOpen(state) ? state.condition : null,
          level: state.level,
          stale: state.stale,
        });
        if (input.type !== "reading") {
          // No data never clears and never lowers.
          expect(state.level).toBeGreaterThanOrEqual(before.level);
        }
        if (input.type === "reading") expect(before.level - state.level).toBeLessThanOrEqual(1);
      }
    }),
    { seed, numRuns: 400 },
  );
});

const deeds = oneof(
  constant<WorkDeed>({ type: "acknowledge" }),
  constant<WorkDeed>({ type: "start" }),
  { weight: 3, arbitrary: constant<WorkDeed>({ type: "resolve", reason: "false-alarm" }) },
  { weight: 4, arbitrary: constant<WorkDeed>({ type: "close" }) },
  constant<WorkDeed>({ type: "reopen" }),
  constant<WorkDeed>({ type: "assign", assignee: "centre", dueAt: 1 }),
  constant<WorkDeed>({ type: "comment" }),
  integer({ min: 1, max: 900 }).map((until): WorkDeed => ({ type: "shelve", until })),
  constant<WorkDeed>({ type: "unshelve" }),
);
/** What people and senders do in turn. `seen`: how many lines ago somebody looked; `twice`: sent once more. */
const days = array(
  record({
    wait: nat(6),
    what: oneof(
      { weight: 5, arbitrary: integer({ min: 0, max: 35 }) },
      { weight: 5, arbitrary: deeds },
      constant(null),
      constant("clock"),
      constant("error"),
    ),
    seen: oneof({ weight: 4, arbitrary: constant(0) }, nat(3)),
    twice: nat(1),
  }),
  { minLength: 40, maxLength: 80 },
);
/** Holds short enough that most sequences have several episodes. */
const quickRules = record({
  fors: tuple(nat(6), nat(6), nat(6)),
  clearFor: nat(8),
  staleAfter: integer({ min: 5, max: 40 }),
  lateAfter: nat(12),
  reopenWithin: nat(20),
  hysteresis: nat(5),
});

/** A rule on one subject and the people who work on its alerts, with the log that both write. */
class Day {
  state: MachineState;
  readonly ledger = new Ledger([]);
  private readonly rule: MachineRule;
  private readonly hysteresis: number;

  constructor(rule: MachineRule, hysteresis: number) {
    this.rule = rule;
    this.hysteresis = hysteresis;
    this.state = initialState(rule);
  }

  get id(): string {
    return `a.${this.state.episode?.number ?? 0}`;
  }

  /** Number of the newest line of the present alert; 0 without one. */
  sequence(): number {
    return this.ledger.lines.findLastIndex(({ event }) => event.alert === this.id) + 1;
  }

  sense(at: number, what: number | string | null): void {
    const [input] = inputsOf([{ wait: at - 1, what }], this.hysteresis);
    const { state, effects } = step(this.rule, this.state, input!);
    this.state = state;
    for (const { type, from, to } of effects) {
      const { after, event } = alertAt({ id: this.id, condition: to.condition, level: to.level, firedAt: at });
      const peakLevel = state.episode?.peakLevel ?? to.level;
      this.ledger.told({ event: { ...event, type, from, to }, after: { ...after, peakLevel }, machine: state });
    }
  }

  /** Does it when the alert is the one that was seen, as the writer does. */
  act(at: number, deed: WorkDeed, sequence: number): void {
    if (sequence === this.sequence() && sequence > 0) this.ledger.work(this.id, deed, { actor: "one", now: at });
  }
}

function checkWork(work: WorkState, level: number): void {
  const isOver = work.work === "resolved" || work.work === "closed";
  if (isOver !== (work.resolution !== null)) throw new Error("a resolution without being resolved, or the reverse");
  if ((work.work === "new") !== (work.acknowledgedLevel === null)) throw new Error("acknowledged without a level");
  if (work.work !== "new" && level > (work.acknowledgedLevel ?? 0)) throw new Error("a rise that nobody needs to see");
  if (work.work === "in-progress" && !work.started) throw new Error("in progress without a beginning");
  if (work.work === "closed" && work.shelvedUntil !== null) throw new Error("closed on the shelf");
  if ((work.shelvedUntil === null) !== (work.shelvedLevel === null)) throw new Error("half on the shelf");
  if (level > (work.shelvedLevel ?? Infinity)) throw new Error("a shelf hides a rise");
}

/** The projection that the lines alone lead to: condition, level and human side of each alert. */
function replayed({ lines }: Ledger): Map<string, { condition: string; level: number; work: WorkState }> {
  const alerts = new Map<string, { condition: string; level: number; work: WorkState }>();
  for (const { event } of lines) {
    const work = replayWork(alerts.get(event.alert)?.work ?? newWork, event);
    alerts.set(event.alert, { ...event.to, work });
  }
  return alerts;
}

test(
  `both axes together: 10,000 sequences from the seed ${seed} reach no illegal state and replay from their log`,
  {
    timeout: 300_000,
  },
  () => {
    const seen = new Set<string>();
    assert(
      property(quickRules, days, ({ fors, hysteresis, ...times }, drawn) => {
        const day = new Day(
          { ...times, levels: fors.map((duration, index) => ({ level: index + 1, for: duration })) },
          hysteresis,
        );
        let at = 0;
        for (const { wait, what, seen: ago, twice } of drawn) {
          at += wait + 1;
          if (typeof what !== "object" || what === null) day.sense(at, what);
          else {
            const sequence = day.sequence() - ago;
            day.act(at, what, sequence);
            const lines = day.ledger.lines.length;
            // Sent again, or decided on what has changed since: nothing happens.
            if (twice === 1) day.act(at, what, sequence);
            if (sequence > 0 && day.ledger.lines.length > lines) throw new Error("a duplicate was done twice");
          }
          const alert = day.ledger.get(day.id)?.alert;
          if (!alert) continue;

          if ((alert.condition === "cleared") === isOpen(day.state))
            throw new Error("the alert is not what the rule says");
          if (alert.level !== day.state.level) throw new Error("the level is not that of the rule");
          checkWork(workOf(alert), alert.level);
          seen.add(`${alert.condition} ${alert.work}`);
        }
        for (const [id, { condition, level, work }] of replayed(day.ledger)) {
          const alert = day.ledger.get(id)!.alert;
          const same = alert.condition === condition && alert.level === level;
          if (!same || JSON.stringify(sorted(workOf(alert))) !== JSON.stringify(sorted(work))) {
            throw new Error(`${id} is not what its log says`);
          }
        }
      }),
      { seed, numRuns: 10_000 },
    );
    // Every combination that can be was there: an open alert is never closed.
    const works = ["new", "acknowledged", "in-progress", "resolved"];
    const expected = ["firing", "recovering", "cleared"].flatMap((condition) =>
      works.map((work) => `${condition} ${work}`),
    );
    expect([...seen].filter((one) => !one.endsWith("closed")).toSorted()).toEqual(expected.toSorted());
    expect([...seen].filter((one) => one.endsWith("closed"))).toEqual(["cleared closed"]);
  },
);

function sorted(work: WorkState): [string, unknown][] {
  return Object.entries(work).toSorted(([a], [b]) => a.localeCompare(b));
}

test("a deed that is refused leaves the very same state", () => {
  assert(
    property(deeds, array(deeds, { maxLength: 12 }), (last, before) => {
      const scene = { open: true, level: 2, now: 0 };
      const state = before.reduce((so, deed) => stepWork(so, deed, scene).state, newWork);
      const { state: after, refused, effects } = stepWork(state, last, scene);
      if (refused !== null) expect([after, effects]).toEqual([state, []]);
      else expect(effects.length).toBe(1);
    }),
    { seed, numRuns: 1_000 },
  );
});
