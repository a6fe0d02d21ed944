import { expect, test } from "vitest";
import { createProgressDisplay, progressLine } from "./progress.ts";

const half = {
  file: "/data/x/readings.csv",
  rows: 1_500_000,
  share: 0.5,
  began: { rows: 0, share: 0 },
  elapsedMs: 60_000,
};

test("rows, share of the file, rows a second and time left", () => {
  expect(progressLine(half)).toBe("readings.csv: 1,500,000 rows, 50.0 %, 25,000 rows/s, 1 min 0 s left");
  expect(progressLine({ ...half, share: 0.01 })).toContain("1 h 39 min left");
  expect(progressLine({ ...half, share: 0, elapsedMs: 0 })).toBe("readings.csv: 1,500,000 rows, 0.0 %, 0 rows/s");
});

test("a run that went on counts only what it did itself", () => {
  const resumed = { ...half, began: { rows: 1_200_000, share: 0.4 }, elapsedMs: 10_000 };
  expect(progressLine(resumed)).toBe("readings.csv: 1,500,000 rows, 50.0 %, 30,000 rows/s, 50 s left");
});

test("a terminal has one line that is renewed, anything else a line every ten seconds", () => {
  const show = (isTTY: boolean) => {
    let time = 0;
    let written = "";
    const display = createProgressDisplay({ isTTY, write: (text: string) => (written += text) }, () => time);
    for (; time <= 20_000; time += 100) display.show(half);
    display.clear();
    return written;
  };
  expect(
    show(false)
      .split("\n")
      .filter((line) => line.startsWith("readings.csv")),
  ).toHaveLength(2);
  const terminal = show(true);
  expect(terminal.split("\r\u001b[2K").filter((line) => line.startsWith("readings.csv")).length).toBeGreaterThan(50);
  expect(terminal).not.toContain("\n");
  expect(terminal.endsWith("\r\u001b[2K")).toBe(true);
});
