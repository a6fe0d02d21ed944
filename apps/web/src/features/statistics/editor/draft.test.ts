import { expect, it } from "vitest";
import type { StatisticItem } from "@ioc/contracts";
import { copyOf, definitionOf, draftOf, emptyDraft, isSame, isSlug, movedStep } from "./draft.ts";

const item = {
  ...emptyDraft("air"),
  id: "air-x",
  version: 4,
  name: { vi: "Chỉ số", en: "Index" },
  custom: true,
  synthetic: true,
  targetMet: null,
  value: 3,
  previous: null,
  asOf: 0,
  coverage: 1,
  status: "ok",
  error: null,
} as StatisticItem;

it("keeps the definition and leaves the state of its run", () => {
  const draft = draftOf(item);
  expect(draft).toEqual({ ...emptyDraft("air"), id: "air-x", version: 4, name: { vi: "Chỉ số", en: "Index" } });
  expect(isSame(draft, { ...draft, formula: "  " })).toBe(true);
  expect(isSame(draft, { ...draft, decimals: 1 })).toBe(false);
  expect("formula" in definitionOf({ ...draft, formula: "" })).toBe(false);
  expect(definitionOf({ ...draft, formula: "a / b" }).formula).toBe("a / b");
});

it("copies under another id, as the first version", () => {
  expect(copyOf(item)).toMatchObject({
    id: "air-x-2",
    version: 1,
    name: { vi: "Chỉ số (bản sao)", en: "Index (copy)" },
  });
});

it("knows ids and moves steps", () => {
  expect(["air-x", "a", "a--b", "A", "", "a-"].map(isSlug)).toEqual([true, true, false, false, false, false]);
  const steps = ["a", "b", "c"].map((op) => ({ op }));
  expect(movedStep(steps, 2, 0).map((step) => step.op)).toEqual(["c", "a", "b"]);
  expect(movedStep(steps, 0, 3).map((step) => step.op)).toEqual(["a", "b", "c"]);
});
