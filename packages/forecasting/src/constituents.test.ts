import { expect, test } from "vitest";
import { constituents, resolvable } from "./constituents.ts";

/**
 * Degrees an hour of the six motions that Doodson numbers count: lunar day, longitudes of Moon and Sun, lunar perigee, lunar
 * node, solar perigee (Schureman 1958, table 1; 360° over 1.03505, 27.3216, 365.2422, 3,232.6, 6,798.4 and 7,645,000 days).
 */
const motions = [14.49205211, 0.54901653, 0.04106864, 0.00464183, 0.00220641, 0.00000196];
/** Doodson numbers of the constituents, without the fives added. */
const doodson: Record<string, number[]> = {
  M2: [2, 0, 0, 0, 0, 0],
  K1: [1, 1, 0, 0, 0, 0],
  S2: [2, 2, -2, 0, 0, 0],
  O1: [1, -1, 0, 0, 0, 0],
  N2: [2, -1, 0, 1, 0, 0],
  P1: [1, 1, -2, 0, 0, 0],
  K2: [2, 2, 0, 0, 0, 0],
  Q1: [1, -2, 0, 1, 0, 0],
  SA: [0, 0, 1, 0, 0, 0],
  M4: [4, 0, 0, 0, 0, 0],
  MS4: [4, 2, -2, 0, 0, 0],
  MN4: [4, -1, 0, 1, 0, 0],
  M6: [6, 0, 0, 0, 0, 0],
  SSA: [0, 0, 2, 0, 0, 0],
  MF: [0, 2, 0, 0, 0, 0],
  MM: [0, 1, 0, -1, 0, 0],
  NU2: [2, -1, 2, -1, 0, 0],
  MU2: [2, -2, 2, 0, 0, 0],
  "2N2": [2, -2, 0, 2, 0, 0],
  L2: [2, 1, 0, -1, 0, 0],
  T2: [2, 2, -3, 0, 0, 1],
  J1: [1, 2, 0, -1, 0, 0],
  M1: [1, 0, 0, 1, 0, 0],
  OO1: [1, 3, 0, 0, 0, 0],
  RHO1: [1, -2, 2, -1, 0, 0],
  "2Q1": [1, -3, 0, 2, 0, 0],
  S1: [1, 1, -1, 0, 0, 0],
  LAM2: [2, 1, -2, 1, 0, 0],
  M3: [3, 0, 0, 0, 0, 0],
  MK3: [3, 1, 0, 0, 0, 0],
  "2MK3": [3, -1, 0, 0, 0, 0],
  MSF: [0, 2, -2, 0, 0, 0],
  S4: [4, 4, -4, 0, 0, 0],
  "2SM2": [2, 4, -4, 0, 0, 0],
  S6: [6, 6, -6, 0, 0, 0],
  M8: [8, 0, 0, 0, 0, 0],
  R2: [2, 2, -1, 0, 0, -1],
};

test("speeds are those that follow from the Doodson numbers", () => {
  expect(constituents.map(({ name }) => name).toSorted()).toEqual(Object.keys(doodson).toSorted());
  for (const { name, speed } of constituents) {
    const sum = doodson[name]!.reduce((total, count, i) => total + count * motions[i]!, 0);
    expect(Math.abs(speed - sum), name).toBeLessThan(2e-6);
  }
});

const names = (days: number, stepHours = 1) => resolvable(24 * days, stepHours).map(({ name }) => name);

test("a day tells the halves of the day from the day, a fortnight M2 from S2, half a year K1 from P1", () => {
  expect(names(1.2)).toEqual(["M2", "K1", "M4", "M6", "M3", "M8"]);
  // M2 and S2 are 1.0158958 degrees an hour apart: a whole cycle in 14.7653 days
  expect(names(14.7)).not.toContain("S2");
  expect(names(14.8)).toContain("S2");
  // K1 and P1, S2 and K2: 0.0821373, 182.62 days
  expect(names(182)).not.toContain("P1");
  expect(names(183)).toEqual(expect.arrayContaining(["P1", "K2"]));
  // the year itself, and T2 and R2 beside S2
  expect(names(365)).not.toContain("SA");
  expect(names(366)).toEqual(expect.arrayContaining(["SA", "T2"]));
});

test("what goes through a cycle in less than two steps cannot be seen", () => {
  // M8 takes 3.105 h
  expect(names(30, 1.5)).toContain("M8");
  expect(names(30, 1.6)).not.toContain("M8");
  expect(names(0)).toEqual([]);
});
