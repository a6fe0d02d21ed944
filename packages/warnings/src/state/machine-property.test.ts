import { array, assert, constant, integer, nat, oneof, property, record, tuple } from "fast-check";
import { expect, test } from "vitest";
import { exactly } from "../expression/bounds.ts";
import { clearingOf, compileExpression } from "../expression/expression.ts";
import { step } from "./machine.ts";
import { initialState, isOpen } from "./state.ts";
import type { MachineInput, MachineRule, MachineState } from "./state.ts";

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
