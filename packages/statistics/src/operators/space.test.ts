import { expect, test } from "vitest";
import { apartFrom, firstReports, linked } from "./space.ts";

/** Metres north of a place. */
const north = (metres: number) => ({ lat: 16 + metres / 111_194.9, lon: 108.2 });
const minute = 60_000;

test("of near places the heaviest stays, and what lies far enough from all that stay", () => {
  const items = [
    { id: "a", at: 0 },
    { id: "b", at: 299 },
    { id: "c", at: 301 },
    { id: "d", at: 580 },
    { id: "e", at: 610 },
  ];
  const kept = apartFrom(items, ({ at }) => north(at), 0.3);
  // b is too near to a, d to c; e keeps 309 m from c although d lay between them.
  expect(kept.map(({ id }) => id)).toEqual(["a", "c", "e"]);
  expect(apartFrom([], () => north(0), 1)).toEqual([]);
});

test("a report repeats an earlier one near in place and time; what repeats a repeat is new when the first is too far", () => {
  const report = (id: string, metres: number, minutes: number) => ({ id, ...north(metres), time: minutes * minute });
  const reports = [
    report("late", 50, 45),
    report("first", 0, 0),
    report("same", 90, 30),
    report("beside", 101, 5),
    report("chain", 150, 31),
    report("again", 0, 30.1),
  ];
  // "chain" is 60 m from the dropped "same" but 49 m from "beside", 26 minutes before; "late" is 45 minutes after the first,
  // 40 after "beside" and 15 after "again".
  expect(firstReports(reports, 0.1, 30 * minute).map(({ id }) => id)).toEqual(["first", "beside", "again"]);
});

test("places are linked step by step, however far the ends are from each other", () => {
  const places = [0, 1000, 5000, 2400, 3901, 6400].map((metres) => ({ ...north(metres), metres }));
  expect(linked(places, 1.5).map((group) => group.map(({ metres }) => metres))).toEqual([
    [0, 1000, 2400],
    [5000, 3901, 6400],
  ]);
  expect(linked([], 1)).toEqual([]);
});
