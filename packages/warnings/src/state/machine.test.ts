import { parseSeries } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { exactly } from "../expression/bounds.ts";
import { clearingOf, compileExpression } from "../expression/expression.ts";
import { step } from "./machine.ts";
import { initialState } from "./state.ts";
import type { MachineRule, MachineState } from "./state.ts";

const minute = 60_000;
/** Readings every 5 minutes of a depth; levels at 10, 20 and 30 cm; left 5 cm lower. */
const rule: MachineRule = {
  levels: [
    { level: 1, for: 10 * minute },
    { level: 2, for: 10 * minute },
    { level: 3, for: 0 },
  ],
  clearFor: 15 * minute,
  staleAfter: 20 * minute,
  lateAfter: 7.5 * minute,
  reopenWithin: 15 * minute,
};
const whens = ["d >= 10", "d >= 20", "d >= 30"].map(compileExpression);
const clears = ["d >= 10", "d >= 20", "d >= 30"].map((when) => clearingOf(when, 5));

interface Told {
  state: MachineState;
  log: string[];
}

/** `5 fired 1`: at minute 5, to level 1. */
function play(series: string, start: Told = { state: initialState(rule), log: [] }, from = 0): Told {
  let { state } = start;
  const log = [...start.log];
  for (const [index, value] of parseSeries(series).entries()) {
    if (value === undefined) continue;
    const at = (from + index * 5) * minute;
    const scope = () => exactly(value);
    const truths = { when: whens.map((when) => when.test(scope)), clear: clears.map((clear) => clear.test(scope)) };
    const result = step(rule, state, { type: "reading", at, ...truths });
    state = result.state;
    for (const effect of result.effects) log.push(`${at / minute} ${effect.type} ${effect.to.level}`);
  }
  return { state, log };
}

function clock(told: Told, at: number): Told {
  const result = step(rule, told.state, { type: "clock", at: at * minute });
  const lines = result.effects.map((effect) => `${result.state.at / minute} ${effect.type} ${effect.to.level}`);
  return { state: result.state, log: [...told.log, ...lines] };
}

describe("going up", () => {
  test("a level is entered when held for its time", () => {
    expect(play("0 12 12 12").log).toEqual(["15 fired 1"]);
    expect(play("0 12 12 9 12 12").log).toEqual([]);
  });
  test("the highest level that has held counts, with its own time", () => {
    expect(play("12 12 22 22 22").log).toEqual(["10 fired 1", "20 raised 2"]);
    expect(play("35").log).toEqual(["0 fired 3"]);
    expect(play("12 35").log).toEqual(["5 fired 3"]);
  });
  test("the episode says when it started and fired and how high it went", () => {
    expect(play("0 12x2 35 27").state.episode).toEqual({
      number: 1,
      startedAt: 5 * minute,
      firedAt: 15 * minute,
      clearedAt: null,
      peakLevel: 3,
      flaps: 0,
    });
  });
});

describe("going down", () => {
  test("one level an input, each after its clearing condition has held", () => {
    expect(play("35 0x6").log).toEqual(["0 fired 3", "5 recovering 3", "20 lowered 2", "25 lowered 1", "30 cleared 0"]);
  });
  test("a value inside the hysteresis keeps the level; back above it fires again", () => {
    expect(play("12x2 7x6").log).toEqual(["10 fired 1"]);
    expect(play("12x2 4 4 7 4x3").log).toEqual([
      "10 fired 1",
      "15 recovering 1",
      "25 refired 1",
      "30 recovering 1",
      "45 cleared 0",
    ]);
  });
  test("stays on the level whose value is still reached", () => {
    expect(play("35 12x8").log).toEqual(["0 fired 3", "5 recovering 3", "20 lowered 2", "25 lowered 1"]);
  });
});

describe("episodes", () => {
  test("soon after clearing the episode is reopened and counted", () => {
    const told = play("12x2 0x3 35");
    expect(told.log).toEqual(["10 fired 1", "15 recovering 1", "30 cleared 0", "35 refired 3"]);
    expect(told.state.episode).toEqual({
      number: 1,
      startedAt: 0,
      firedAt: 10 * minute,
      clearedAt: null,
      peakLevel: 3,
      flaps: 1,
    });
  });
  test("later a new one begins", () => {
    const told = play("12x2 0x7 35");
    expect(told.log).toEqual(["10 fired 1", "15 recovering 1", "30 cleared 0", "55 fired 3"]);
    expect(told.state.episode).toMatchObject({ number: 2, startedAt: 55 * minute, flaps: 0 });
  });
});

describe("no data", () => {
  test("marks the open alert and never clears it", () => {
    const fired = play("35");
    const silent = clock(clock(fired, 19), 3000);
    expect(silent.log).toEqual(["0 fired 3", "20 stale 3"]);
    expect(silent.state).toMatchObject({ condition: "firing", level: 3, stale: true });
    expect(play("0", silent, 3005).log).toEqual(["0 fired 3", "20 stale 3", "3005 fresh 3", "3005 recovering 3"]);
  });
  test("a recovering alert is not cleared by the clock", () => {
    const told = clock(play("12x2 0 0"), 600);
    expect(told.log).toEqual(["10 fired 1", "15 recovering 1", "40 stale 1"]);
    expect(told.state.condition).toBe("recovering");
  });
  test("an undecided reading changes nothing", () => {
    expect(play("12 12 null 12").log).toEqual(["15 fired 1"]);
    expect(play("35 null null null 35").log).toEqual(["0 fired 3"]);
  });
  test("after a gap longer than the limit a hold starts anew", () => {
    expect(play("12 _x4 12 12 12").log).toEqual(["35 fired 1"]);
    expect(play("12 _x3 12").log).toEqual(["20 fired 1"]);
  });
  test("a pending hold is given up when the data stay away", () => {
    const told = clock(play("15"), 7);
    expect(told.state.condition).toBe("pending");
    expect(clock({ ...told, state: { ...told.state, held: [14 * minute, null, null] } }, 60).state.condition).toBe(
      "normal",
    );
  });
});

describe("the clock", () => {
  test("confirms a hold when the next reading is late, at the second it is due", () => {
    const pending = play("12 12");
    expect(clock(pending, 12).log).toEqual([]);
    expect(clock(pending, 12.5).log).toEqual(["12.5 fired 1"]);
    expect(clock(pending, 17).log).toEqual(["12.5 fired 1"]);
    // One reading and silence is no hold.
    expect(clock(play("12"), 19).log).toEqual([]);
  });
});

test("an error is an overlay that a good reading ends", () => {
  const fired = play("35");
  const failed = step(rule, fired.state, { type: "error", at: 5 * minute, message: "boom" });
  expect(failed.effects.map((effect) => effect.type)).toEqual(["error"]);
  expect(failed.state).toMatchObject({ condition: "firing", level: 3, error: "boom" });
  expect(play("35", { state: failed.state, log: [] }, 10).log).toEqual(["10 fresh 3"]);
});
