import { expect, it } from "vitest";
import type { StatisticItem, WarningItem } from "@ioc/contracts";
import { relatedStatistics, relatedWarnings } from "./related.ts";

const statistic = (id: string, input: StatisticItem["input"]) => ({ id, input }) as StatisticItem;
const warning = (id: string, inputs: WarningItem["inputs"]) => ({ id, inputs }) as WarningItem;

const own = statistic("own", [
  { kind: "rain-gauge", properties: ["rain"] },
  { dataset: "floods", columns: ["depth"] },
]);

it("names the warnings that watch the same property of the same kind", () => {
  const all = [
    warning("same", [{ kind: "rain-gauge", properties: ["rain", "battery"] }]),
    warning("other-property", [{ kind: "rain-gauge", properties: ["battery"] }]),
    warning("other-kind", [{ kind: "tide", properties: ["rain"] }]),
  ];
  expect(relatedWarnings(own, all).map((one) => one.id)).toEqual(["same"]);
});

it("names other statistics of the same data, those that share the most first", () => {
  const all = [
    own,
    statistic("one", [{ dataset: "floods", columns: ["street"] }]),
    statistic("none", [{ dataset: "files", columns: ["x"] }]),
    statistic("two", own.input),
  ];
  expect(relatedStatistics(own, all).map((one) => one.id)).toEqual(["two", "one"]);
});
