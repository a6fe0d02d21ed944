import { describe, expect, it } from "vitest";
import type { Frame } from "@ioc/contracts";
import { comparePeriods, compareSubjects, extentOf, onSharedScale, splitBySubject } from "./compare.ts";

const hour = 3_600_000;
const day = 24 * hour;
const noon = Date.UTC(2026, 9, 22, 5);
const both = (text: string) => ({ vi: text, en: text });

function history(values: (number | null)[], more: Partial<Frame> = {}): Frame {
  const to = more.window?.to ?? noon;
  return {
    statistic: "x",
    version: 1,
    group: "station",
    subject: null,
    columns: [
      { id: "time", name: both("t"), type: "time", role: "x" },
      { id: "value", name: both("v"), type: "number", role: "value", unit: "m", decimals: 2 },
      { id: "coverage", name: both("c"), type: "number", role: "coverage" },
    ],
    rows: values.map((value, i) => [to - (values.length - 1 - i) * hour, value, 1]),
    value: values.at(-1) ?? null,
    previous: null,
    unit: "m",
    decimals: 2,
    asOf: to,
    window: { from: to - 2 * hour, to },
    coverage: 1,
    status: "ok",
    quality: "good",
    synthetic: false,
    targetMet: null,
    figures: [],
    error: null,
    thresholds: [
      { id: "a", name: both("a"), value: 1, basis: "project", source: "x" },
      { id: "b", name: both("b"), value: 2, basis: "official", source: "x", station: "one" },
    ],
    target: null,
    finding: both("f"),
    computedAt: to,
    ...more,
  };
}
const subject = { id: "subject", name: both("s"), type: "station" } as const;

describe("subjects on one axis", () => {
  it("are one series each, with what is true of all of them", () => {
    const made = compareSubjects(
      [
        { id: "one", frame: history([1, 2]) },
        { id: "two", frame: history([null, 4], { coverage: 0.5, synthetic: true, asOf: noon + 1 }) },
      ],
      subject,
    )!;
    expect(made.kind).toBe("line");
    expect(made.frame.columns.map((column) => column.role)).toEqual(["x", "series", "value"]);
    expect(made.frame.rows).toEqual([
      [noon - hour, "one", 1],
      [noon, "one", 2],
      [noon - hour, "two", null],
      [noon, "two", 4],
    ]);
    expect(made.frame).toMatchObject({ coverage: 0.5, synthetic: true, asOf: noon + 1, finding: null, value: null });
    expect(made.frame.thresholds.map((each) => each.id)).toEqual(["a"]);
  });

  it("are one series each where every frame is one row of a heat map", () => {
    const columns = [
      ...history([1]).columns.slice(0, 2),
      { id: "y", name: both("y"), type: "text", role: "y" } as const,
    ];
    const row = (id: string, value: number) => history([], { columns, rows: [[noon, value, id]] });
    const made = compareSubjects(
      [
        { id: "one", frame: row("one", 1) },
        { id: "two", frame: row("two", 2) },
      ],
      subject,
    )!;
    expect(made).toMatchObject({
      kind: "line",
      frame: {
        rows: [
          [noon, "one", 1],
          [noon, "two", 2],
        ],
      },
    });
    expect(onSharedScale(row("one", 1), "heatmap")).toMatchObject({ kind: "line", frame: { rows: [[noon, 1]] } });
    expect(onSharedScale(history([1, 2]), "bar")?.kind).toBe("bar");
    const matrix = history([], {
      columns,
      rows: [
        [noon, 1, "one"],
        [noon, 2, "two"],
      ],
    });
    expect(onSharedScale(matrix, "heatmap")).toBeNull();
  });

  it("are ranked by their headlines where one has no history", () => {
    const ranking = history([], { rows: [], value: 7 });
    const made = compareSubjects(
      [
        { id: "one", frame: history([1, 2]) },
        { id: "two", frame: ranking },
      ],
      subject,
    )!;
    expect(made.kind).toBe("bar");
    expect(made.frame.rows).toEqual([
      ["one", 2],
      ["two", 7],
    ]);
    expect(compareSubjects([], subject)).toBeNull();
  });
});

describe("periods", () => {
  const names = { column: both("Kỳ"), now: both("nay"), before: both("trước"), measured: both("lúc") };
  it("are laid over each other, and the table keeps when each was", () => {
    const earlier = history([5, 6], { window: { from: noon - day - 2 * hour, to: noon - day } });
    const made = comparePeriods(history([1, 2]), earlier, names)!;
    expect(made.rows).toEqual([
      [noon - hour, "now", 1, noon - hour],
      [noon, "now", 2, noon],
      [noon - hour, "before", 5, noon - day - hour],
      [noon, "before", 6, noon - day],
    ]);
    expect(made.columns[1]?.labels?.["before"]).toEqual(both("trước"));
    expect(made.window).toEqual({ from: noon - 2 * hour, to: noon });
  });
  it("stand side by side where one is no history", () => {
    expect(comparePeriods(history([1]), history([], { rows: [] }), names)).toBeNull();
  });
});

it("splits a frame of several histories, and finds the scale that they share", () => {
  const columns = [
    ...history([1]).columns.slice(0, 1),
    { ...subject, role: "series" as const },
    ...history([1]).columns.slice(1, 2),
  ];
  const frame = history([], {
    columns,
    rows: [
      [noon, "one", -1],
      [noon, "two", 4],
      [noon + hour, "one", null],
    ],
  });
  const parts = splitBySubject(frame)!;
  expect(parts.map((part) => [part.id, part.frame.rows, part.frame.thresholds.length])).toEqual([
    [
      "one",
      [
        [noon, -1],
        [noon + hour, null],
      ],
      2,
    ],
    ["two", [[noon, 4]], 1],
  ]);
  expect(extentOf(parts.map((part) => part.frame))).toEqual({ low: -1, high: 4 });
  expect(extentOf([history([null])])).toBeNull();
  expect(splitBySubject(history([1]))).toBeNull();
});
