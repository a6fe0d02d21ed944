import { expect, test } from "vitest";
import { reliableSpan } from "./simulation.ts";
import { dayMs, hourMs, minuteMs } from "./world/calendar.ts";

const start = Date.UTC(2026, 10, 20);
const from = start - 30 * dayMs;

test("nothing stored means nothing to leave out", () => {
  expect(reliableSpan(null, from, start)).toBeNull();
});

test("a complete history is trusted but for the minutes before the end", () => {
  expect(reliableSpan({ from, to: start - hourMs }, from, start)).toEqual({
    from,
    to: start - hourMs - 20 * minuteMs,
  });
});

test("a clock that ran ahead does not hide what comes now", () => {
  expect(reliableSpan({ from, to: start + 6 * minuteMs }, from, start)?.to).toBe(start - 20 * minuteMs);
});

test("where history was broken off, its oldest day is laid down again", () => {
  const broken = start - 12 * dayMs;
  expect(reliableSpan({ from: broken, to: start }, from, start)?.from).toBe(broken + 26 * hourMs);
  expect(reliableSpan({ from: start - hourMs, to: start }, from, start)).toBeNull();
});
