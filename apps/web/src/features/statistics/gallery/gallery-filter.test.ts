import { expect, it } from "vitest";
import type { StatisticItem } from "@ioc/contracts";
import { findStatistics, isNarrowed, sectionsOf } from "./gallery-filter.ts";

const both = (text: string) => ({ vi: text, en: text });
function item(id: string, name: string, more: Partial<StatisticItem> = {}): StatisticItem {
  return {
    id,
    domain: "air",
    name: { vi: name, en: `${name} (en)` },
    question: both(`${name}?`),
    measures: both("x"),
    input: [{ kind: "rain-gauge", properties: ["rain"] }],
    chart: "line",
    audience: ["operator"],
    status: "ok",
    target: null,
    targetMet: null,
    synthetic: false,
    refreshSeconds: 900,
    ...more,
  } as StatisticItem;
}
const target = { op: "<=", value: 1, basis: "project", source: "x" } as const;
const all = [
  item("a", "Mực nước sông"),
  item("b", "Mưa 24 giờ", { domain: "water", chart: "bar", refreshSeconds: 3600, synthetic: true }),
  item("c", "Hồ sơ đúng hạn", {
    domain: "water",
    audience: ["public", "leader"],
    input: [{ dataset: "files", columns: ["on_time"] }],
    target,
    targetMet: false,
    refreshSeconds: 86_400,
  }),
  item("d", "Số vụ cháy", { target, targetMet: true, status: "empty", refreshSeconds: 604_800 }),
  item("e", "Mục tiêu chưa có số", { target, targetMet: null, status: "insufficient" }),
];
const ids = (search: Parameters<typeof findStatistics>[1]) => findStatistics(all, search).shown.map((one) => one.id);

it("finds words without accents, a name before a question, in either language", () => {
  expect(ids({ q: "muc nuoc" })).toEqual(["a"]);
  expect(ids({ q: "24 GIO (EN)" })).toEqual(["b"]);
  expect(ids({ q: "ho so" })).toEqual(["c"]);
  expect(ids({ q: "khong co" })).toEqual([]);
});

it("filters by each facet and by several at once", () => {
  expect(ids({ domain: "water" })).toEqual(["b", "c"]);
  expect(ids({ audience: "public" })).toEqual(["c"]);
  expect(ids({ kind: "bar" })).toEqual(["b"]);
  expect(ids({ status: "empty" })).toEqual(["d"]);
  expect(ids({ target: "met" })).toEqual(["d"]);
  expect(ids({ target: "missed" })).toEqual(["c"]);
  expect(ids({ target: "none" })).toEqual(["a", "b", "e"]);
  expect(ids({ source: "datasets" })).toEqual(["c"]);
  expect(ids({ source: "synthetic" })).toEqual(["b"]);
  expect(ids({ refresh: "quarter" })).toEqual(["a", "e"]);
  expect(ids({ refresh: "hour" })).toEqual(["b"]);
  expect(ids({ refresh: "day" })).toEqual(["c"]);
  expect(ids({ refresh: "longer" })).toEqual(["d"]);
  expect(ids({ domain: "water", source: "stations" })).toEqual(["b"]);
});

it("counts what another choice would find", () => {
  const { byDomain, counts } = findStatistics(all, { domain: "air", status: "ok" });
  expect([...byDomain]).toEqual([
    ["air", 1],
    ["water", 2],
  ]);
  expect(counts.status.get("empty")).toBe(1);
  expect(counts.kind.get("line")).toBe(1);
  expect(counts.kind.get("bar")).toBeUndefined();
});

it("keeps the pack's order of domains, and the order of the match when words were searched for", () => {
  const domains = [
    { id: "water", name: both("Nước") },
    { id: "empty", name: both("Rỗng") },
  ];
  expect(sectionsOf(all, domains, false).map((one) => [one.domain?.id ?? null, one.items.length])).toEqual([
    ["water", 2],
    [null, 3],
  ]);
  expect(sectionsOf(all, domains, true)).toEqual([{ domain: null, items: all }]);
  expect(sectionsOf([], domains, true)).toEqual([]);
});

it("knows whether the list is narrowed", () => {
  expect(isNarrowed({ domain: "air", look: "list" })).toBe(false);
  expect(isNarrowed({ q: "  " })).toBe(false);
  expect(isNarrowed({ target: "none" })).toBe(true);
});
