import { expect, test } from "vitest";
import { emptyDraft, ruleOf } from "./draft.ts";
import type { FormDraft } from "./draft.ts";

const silence: FormDraft = { ...emptyDraft, note: " Sửa đường ", from: "2026-10-22T08:00", until: "2026-10-22T10:00" };
const span = { from: "2026-10-22T01:00:00.000Z", until: "2026-10-22T03:00:00.000Z" };

test.each<[Partial<FormDraft>, unknown]>([
  [{}, { kind: "silence", note: "Sửa đường", emergencies: false, matcher: {}, ...span }],
  [
    { definition: "w-flood", area: "48", subject: " sf-one ", severities: ["Minor"], emergencies: true },
    {
      emergencies: true,
      matcher: { definitions: ["w-flood"], areas: ["48"], subjects: ["sf-one"], severities: ["Minor"] },
    },
  ],
  [{ kind: "maintenance" }, { kind: "maintenance", repeat: null, ...span }],
  [{ kind: "maintenance", repeat: "week" }, { repeat: { every: "week", until: null } }],
  [
    { kind: "inhibition", source: "w-a", definition: "w-b", level: 2, same: "area" },
    { source: { definition: "w-a", level: 2 }, target: { definitions: ["w-b"] }, same: "area" },
  ],
])("%o describes %o", (change, expected) => {
  expect(ruleOf({ ...silence, ...change })).toMatchObject(expected as object);
});

test.each<Partial<FormDraft>>([
  { note: " " },
  { from: "" },
  { until: "2026-10-22T08:00" },
  { until: "2026-10-22T0" },
  { kind: "inhibition", source: "w-a" },
  { kind: "inhibition", definition: "w-b" },
])("%o is not complete", (change) => {
  expect(ruleOf({ ...silence, ...change })).toBeNull();
});
