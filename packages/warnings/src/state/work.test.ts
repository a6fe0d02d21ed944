import type { AlertWork } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { longestShelving, newWork, replayWork, stepWork } from "./work.ts";
import type { WorkDeed, WorkInput, WorkScene, WorkState } from "./work.ts";

const day = 86_400_000;
const now = Date.UTC(2026, 9, 22);
const open: WorkScene = { open: true, level: 2, now };
const over: WorkScene = { open: false, level: 2, now };
const stands: Readonly<Record<AlertWork, WorkState>> = {
  new: newWork,
  acknowledged: { ...newWork, work: "acknowledged", acknowledgedLevel: 2 },
  "in-progress": { ...newWork, work: "in-progress", acknowledgedLevel: 2, started: true },
  resolved: { ...newWork, work: "resolved", acknowledgedLevel: 2, resolution: "true" },
  closed: { ...newWork, work: "closed", acknowledgedLevel: 2, resolution: "true" },
};
const deeds: Readonly<Record<WorkDeed["type"], WorkDeed>> = {
  acknowledge: { type: "acknowledge" },
  start: { type: "start" },
  resolve: { type: "resolve", reason: "false-alarm" },
  close: { type: "close" },
  reopen: { type: "reopen" },
  assign: { type: "assign", assignee: "centre-north", dueAt: now + day },
  comment: { type: "comment" },
  shelve: { type: "shelve", until: now + day },
  unshelve: { type: "unshelve" },
};

/** State after a deed on an alert that is over; empty where it is refused. */
const table = `
              new           acknowledged  in-progress  resolved      closed
acknowledge   acknowledged  -             -            -             -
start         in-progress   in-progress   -            -             -
resolve       resolved      resolved      resolved     -             -
close         -             -             -            closed        -
reopen        -             -             -            new           new
assign        new           acknowledged  in-progress  resolved      -
comment       new           acknowledged  in-progress  resolved      closed
shelve        new           acknowledged  in-progress  resolved      -
unshelve      -             -             -            -             -`
  .trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const [from = [], ...rows] = table;
const transitions = rows.flatMap(([deed, ...results]) =>
  results.map((result, column) => [deed, from[column], result] as [WorkDeed["type"], AlertWork, AlertWork | "-"]),
);

test.each(transitions)("%s on one that is %s: %s", (deed, work, result) => {
  const before = stands[work];
  const { state, effects, refused } = stepWork(before, deeds[deed], over);
  if (result === "-") {
    expect(refused).not.toBeNull();
    expect([state, effects]).toEqual([before, []]);
    return;
  }
  expect(refused).toBeNull();
  expect(state.work).toBe(result);
  expect(effects).toHaveLength(1);
  expect(effects[0]?.work).toEqual({ from: work, to: result });
  expect(state.resolution).toBe(result === "resolved" || result === "closed" ? state.resolution : null);
  expect(effects.reduce((so, effect) => replayWork(so, effect), before)).toEqual(state);
});

describe("deeds keep what belongs to them", () => {
  test("a resolution, an assignee with a due time, a comment, a shelf", () => {
    const given: (WorkDeed & { comment?: string })[] = [
      { ...deeds.assign, comment: "theirs" },
      deeds.start,
      deeds.shelve,
      { ...deeds.resolve, comment: "the sensor hangs in a tree" },
    ];
    const state = given.reduce((so, deed) => stepWork(so, deed, open).state, newWork);
    expect(state).toEqual({
      work: "resolved",
      acknowledgedLevel: 2,
      started: true,
      resolution: "false-alarm",
      assignee: "centre-north",
      dueAt: now + day,
      shelvedUntil: now + day,
      shelvedLevel: 2,
      comments: 2,
      reopened: 0,
    });
    expect(stepWork(state, { type: "clock" }, { ...open, now: now + day - 1 }).effects).toEqual([]);
    const later = stepWork(state, { type: "clock" }, { ...open, now: now + day });
    expect([later.effects[0]?.type, later.state.shelvedUntil]).toEqual(["unshelved", null]);
  });

  test("one that holds can be resolved, but not closed", () => {
    expect(stepWork(newWork, deeds.resolve, open).state.work).toBe("resolved");
    expect(stepWork(stands.resolved, deeds.close, open).refused).toContain("not closed");
  });

  test.each([[0], [-1], [longestShelving + 1]])("a shelf of %d ms is refused", (length) => {
    expect(stepWork(newWork, { type: "shelve", until: now + length }, open).refused).not.toBeNull();
  });

  test("what is shelved can be taken from the shelf", () => {
    const shelved = stepWork(newWork, deeds.shelve, open).state;
    expect(stepWork(shelved, deeds.unshelve, open).state.shelvedUntil).toBeNull();
  });
});

describe("what the machine tells", () => {
  const told = (
    type: "fired" | "raised" | "lowered" | "refired" | "cleared" | "stale",
    a: number,
    b: number,
  ): WorkInput => ({
    type: "told",
    event: {
      type,
      from: { condition: "firing", level: a },
      to: { condition: b === 0 ? "cleared" : "firing", level: b },
    },
  });
  const after = (work: AlertWork, input: WorkInput) => stepWork(stands[work], input, open);

  test.each<[AlertWork, WorkInput, AlertWork]>([
    ["new", told("raised", 2, 3), "new"],
    ["acknowledged", told("raised", 2, 3), "new"],
    ["in-progress", told("raised", 2, 3), "new"],
    ["resolved", told("raised", 2, 3), "new"],
    ["closed", told("refired", 0, 1), "new"],
    ["acknowledged", told("raised", 1, 2), "acknowledged"],
    ["acknowledged", told("lowered", 2, 1), "acknowledged"],
    ["acknowledged", told("refired", 0, 2), "acknowledged"],
    ["acknowledged", told("refired", 0, 3), "new"],
    ["resolved", told("refired", 0, 2), "new"],
    // It fell back into firing and was never over: known to be a false alarm.
    ["resolved", told("refired", 2, 2), "resolved"],
    ["acknowledged", told("cleared", 2, 0), "acknowledged"],
    ["resolved", told("stale", 2, 2), "resolved"],
  ])("%s after %o is %s", (work, input, result) => {
    const { state, effects } = after(work, input);
    expect(state.work).toBe(result);
    expect(effects.map(({ type }) => type)).toEqual(work === result ? [] : ["reopened"]);
  });

  test("a rise above the level at which it was shelved ends that", () => {
    const shelved = stepWork(newWork, deeds.shelve, open).state;
    expect(stepWork(shelved, told("raised", 1, 2), open).effects).toEqual([]);
    const risen = stepWork(shelved, told("raised", 2, 3), { ...open, level: 3 });
    expect(risen.effects.map(({ type }) => type)).toEqual(["unshelved"]);
    expect(risen.state).toEqual(newWork);
    const known = { ...shelved, work: "acknowledged" as const, acknowledgedLevel: 2 };
    const both = stepWork(known, told("raised", 2, 3), { ...open, level: 3 });
    expect(both.effects.map(({ type }) => type)).toEqual(["reopened", "unshelved"]);
  });

  test("whoever has it keeps it, and acknowledging again goes on with what had begun", () => {
    const begun = { ...stands["in-progress"], assignee: "centre-north" };
    const risen = stepWork(begun, told("raised", 2, 3), { ...open, level: 3 }).state;
    expect(risen).toMatchObject({ work: "new", assignee: "centre-north", acknowledgedLevel: null, reopened: 1 });
    const again = stepWork(risen, deeds.acknowledge, { ...open, level: 3 }).state;
    expect(again).toMatchObject({ work: "in-progress", acknowledgedLevel: 3 });
    // One that was over is begun anew.
    const back = stepWork(stepWork(stands.resolved, told("refired", 0, 2), open).state, deeds.acknowledge, open).state;
    expect(back.work).toBe("acknowledged");
  });
});
