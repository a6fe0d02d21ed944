import { expect, test } from "vitest";
import { matches } from "./matcher.ts";
import type { Matched } from "./matcher.ts";

const alert: Matched = {
  definition: "w-feedback-surge",
  subject: { type: "ward", id: "20209/odour" },
  areas: { "dn-2025": ["20209", "48"] },
  severity: "Minor",
};

test("an alert about an item of a place is matched by the place, by itself, and not by another item", () => {
  const by = (subject: string) => matches({ subjects: [subject] }, alert, "dn-2025");
  expect([by("20209"), by("20209/odour"), by("20209/traffic"), by("20200")]).toEqual([true, true, false, false]);
  expect(matches({ areas: ["48"] }, alert, "dn-2025")).toBe(true);
});
