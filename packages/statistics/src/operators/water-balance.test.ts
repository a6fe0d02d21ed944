import { expect, test } from "vitest";
import { daysOfStorage } from "./water-balance.ts";

const dry = { inflow: 0, recession: 0.95 };

test("8 Mm³ at a net use of 0.1 a day last 80 days", () => {
  expect(daysOfStorage({ ...dry, useful: 8, loss: 0.1 })).toBeCloseTo(80, 6);
});

test("an inflow that dies away by 5 % a day adds 20 days of itself in all", () => {
  // 8 + 0.1 × (1 - 0.95^t) / 0.05 = 0.1 t at t = 99.4
  const days = daysOfStorage({ useful: 8, inflow: 0.1, recession: 0.95, loss: 0.1 });
  expect(0.1 * days).toBeCloseTo(8 + (0.1 * (1 - 0.95 ** days)) / 0.05, 2);
});

test("an empty store, one that nothing is drawn from, and a part of a day", () => {
  expect(daysOfStorage({ ...dry, useful: 0, loss: 0.1 })).toBe(0);
  expect(daysOfStorage({ ...dry, useful: -1, loss: 0.1 })).toBe(0);
  expect(daysOfStorage({ ...dry, useful: 1, loss: 0 })).toBe(400);
  expect(daysOfStorage({ ...dry, useful: 1, loss: 4 })).toBe(0.25);
});
