import { networkOf, readPack } from "@ioc/city-pack";
import { durationMs } from "@ioc/contracts";
import type { WarningDefinition } from "@ioc/contracts";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { exactly } from "../expression/bounds.ts";
import { checkWarning } from "./check.ts";
import { compileLevels, levelOf } from "./levels.ts";

const { pack } = await readPack(resolve(import.meta.dirname, "../../../../fixtures/danang"));
if (!pack) throw new Error("the city pack of Da Nang cannot be read");
const definitions = pack.warnings;

describe.each(definitions.map((definition) => [definition.id, definition] as const))("%s", (_id, definition) => {
  test.each(["dn-2025", "dn-2024"])("can run in %s", (scheme) => {
    expect(checkWarning(definition, networkOf(pack, scheme))).toEqual([]);
  });

  test("its test vectors give their levels, every level and none among them", () => {
    const levels = compileLevels(definition);
    for (const { given, level } of definition.cases) {
      expect([given, levelOf(levels, (name) => exactly(given[name] ?? null))]).toEqual([given, level]);
    }
    expect(new Set(definition.cases.map(({ level }) => level))).toEqual(
      new Set([0, ...levels.map(({ level }) => level)]),
    );
  });

  test("what it is verified against can be read, and is what the statistics of verification take", () => {
    if (!definition.skill) return;
    expect(durationMs(definition.skill.window)).toBeGreaterThan(0);
    const table = pack.reference["warning_verification"] as { rules: Record<string, unknown> };
    const { [definition.id]: written = { hazard: definition.hazard, window: definition.skill?.window } } = table.rules;
    expect(written).toEqual({ hazard: definition.hazard, window: definition.skill?.window });
  });

  test("its texts are complete and in NFC", () => {
    const texts = [
      definition.name,
      definition.sentence,
      definition.cap.event,
      definition.action,
      definition.headline,
      ...(definition.skill ? [definition.skill.event] : []),
    ];
    for (const text of [...texts, ...definition.levels.map(({ name }) => name)]) {
      expect(text?.vi.trim()).toBeTruthy();
      expect(text?.en.trim()).toBeTruthy();
      expect(text?.vi).toBe(text?.vi.normalize("NFC"));
    }
  });
});

test("the first definitions are there", () => {
  expect(definitions.map(({ id }) => id).toSorted()).toEqual([
    "w-aqi-forecast",
    "w-aqi-hour",
    "w-bathing-water",
    "w-bed-occupancy",
    "w-bridge-wind",
    "w-building-energy",
    "w-congestion",
    "w-cyber-incident",
    "w-data-late",
    "w-dataset-stale",
    "w-dengue-ears",
    "w-dengue-farrington",
    "w-dengue-forecast",
    "w-disease-cusum",
    "w-drinking-quality",
    "w-effluent",
    "w-emergency-call-surge",
    "w-feedback-surge",
    "w-file-backlog",
    "w-file-overdue-forecast",
    "w-fire-alarm",
    "w-flood-cluster",
    "w-forest-fire",
    "w-heat",
    "w-heavy-rain",
    "w-landfill-odour",
    "w-landslide",
    "w-lighting-outage",
    "w-load-forecast",
    "w-night-leak",
    "w-noise-night",
    "w-plan-off-track",
    "w-pump-lake",
    "w-rain-intensity",
    "w-reservoir-drought",
    "w-reservoir-flood-level",
    "w-reservoir-release",
    "w-river-alarm",
    "w-river-forecast",
    "w-river-rise",
    "w-salinity-forecast",
    "w-salinity-intake",
    "w-sea-state-beach",
    "w-sensor-fault",
    "w-station-offline",
    "w-storm-surge",
    "w-street-flood",
    "w-street-flood-nowcast",
    "w-surface-oxygen",
    "w-tide-forecast",
    "w-traffic-incident",
    "w-tropical-cyclone",
    "w-wind-gust",
  ]);
});

describe("checkWarning names what is wrong", () => {
  const network = networkOf(pack);
  const flood = definitions.find(({ id }) => id === "w-street-flood") as WarningDefinition;
  const depth = { op: "latest", property: "depth" };
  test.each<[string, Partial<WarningDefinition>, string]>([
    ["an unknown operator", { signals: { d: { op: "guess" } } }, 'signal "d": there is no operator "guess"'],
    ["a wrong parameter", { signals: { d: { op: "latest" } } }, 'signal "d": property: Invalid input'],
    ["an unknown parameter", { signals: { d: { ...depth, of: 3 } } }, 'signal "d": Unrecognized key: "of"'],
    ["a bad duration", { signals: { d: { ...depth, within: "1h" } } }, '"1h" is no duration'],
    ["an unused signal", { signals: { d: depth, e: depth } }, 'nothing uses signal "e"'],
    ["an unknown signal to show", { info: ["e"] }, 'there is no signal "e" to show'],
    ["an unknown signal", { signals: { e: depth } }, 'there is no signal "d"'],
    ["an undeclared property", { signals: { d: { op: "latest", property: "level" } } }, "which no input names"],
    ["a missing table", { signals: { d: { op: "alarm-step", table: "no_such", step: 1 } } }, '"no_such" is missing'],
    ["an unknown kind", { inputs: [{ kind: "cloud", properties: ["depth"] }] }, 'there is no station kind "cloud"'],
    ["a wrong test vector", { cases: [{ given: { d: 0.1 }, level: 2 }] }, "case 1 gives level 1, not 2"],
    [
      "a bad duration of the definition",
      { for: "10 minutes", levels: [{ level: 1, severity: "Minor", when: "d > 1", basis: "project", source: "s" }] },
      '"10 minutes" is not',
    ],
    [
      "an unreadable expression",
      { levels: [{ level: 1, severity: "Minor", when: "d >", basis: "project", source: "s" }] },
      "at character 4",
    ],
    ["levels out of order", { levels: flood.levels.toReversed() }, "from the lowest to the highest"],
    ["an unknown headline field", { headline: { vi: "{chỗ} {x}", en: "{place}" } }, "cannot show {x}"],
  ])("%s", (_what, change, message) => {
    expect(checkWarning({ ...flood, ...change }, network).join("; ")).toContain(message);
  });
});
