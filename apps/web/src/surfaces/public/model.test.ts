import { expect, test } from "vitest";
import type { Alert, WarningItem } from "@ioc/contracts";
import { languageOf, publicAlerts, publicUrl } from "./model.ts";

test("Vietnamese lives at the root, English below /en, and both find back", () => {
  expect(publicUrl("/", "en")).toBe("/en");
  expect(publicUrl("/warnings", "en")).toBe("/en/warnings");
  expect(languageOf("/en")).toEqual({ lang: "en", path: "/" });
  expect(languageOf("/en/warnings")).toEqual({ lang: "en", path: "/warnings" });
  expect(languageOf("/energy")).toEqual({ lang: "vi", path: "/energy" });
});

test("only alerts of automatically public definitions, from their level on, are shown", () => {
  const definitions = [
    { id: "open", autoPublic: true, publicFrom: 2 },
    { id: "edited", autoPublic: false, publicFrom: 1 },
    { id: "internal", autoPublic: true, publicFrom: null },
  ] as WarningItem[];
  const alert = (definition: string, level: number, rest: Partial<Alert> = {}) =>
    ({ definition, level, condition: "firing", exercise: false, ...rest }) as Alert;
  const shown = publicAlerts(
    [
      alert("open", 2),
      alert("open", 1),
      alert("edited", 4),
      alert("internal", 4),
      alert("unknown", 4),
      alert("open", 3, { condition: "cleared" }),
      alert("open", 3, { exercise: true }),
    ],
    definitions,
  );
  expect(shown).toEqual([alert("open", 2)]);
});
