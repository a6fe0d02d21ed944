import type { WarningDefinition } from "@ioc/contracts";
import { describe, expect, test } from "vitest";
import { definition, network } from "../engine/test-city.ts";
import { checkWarning } from "../rule/check.ts";

describe("checks of rules on rows name what is wrong", () => {
  const backlog = definition("w-file-backlog");
  test.each<[string, (rule: WarningDefinition) => WarningDefinition, string]>([
    [
      "a column that the frame lacks",
      (rule) => ({ ...rule, signals: { ...rule.signals, n: { op: "column", column: "m" } } }),
      'the frame has no column "m"; it has value, n, old',
    ],
    [
      "a signal that is taken from readings",
      (rule) => ({ ...rule, signals: { ...rule.signals, n: { op: "latest", property: "level" } } }),
      "{op: column, column: id}",
    ],
    [
      "an unknown operator",
      (rule) => ({ ...rule, frame: { ...rule.frame!, pipeline: [{ op: "guess" }] } }),
      'there is no operator "guess"',
    ],
    [
      "a dataset that does not exist",
      (rule) => ({ ...rule, inputs: [{ dataset: "no-such", columns: ["a"] }] }),
      'there is no dataset "no-such"',
    ],
    [
      "a stated probability without its threshold",
      (rule) => ({
        ...rule,
        skill: {
          ...definition("w-river-forecast").skill!,
          probability: { forecast: "f", above: { table: "flood_alarm", path: "stations.*.bd.7" } },
        },
      }),
      'reference table "flood_alarm" has no number at "stations.*.bd.7"',
    ],
    ["an unknown absent signal", (rule) => ({ ...rule, frame: { ...rule.frame!, absent: { x: 0 } } }), 'no signal "x"'],
  ])("%s", (_what, change, message) => {
    expect(checkWarning(change(backlog), network).join("; ")).toContain(message);
  });
});
