import { describe, expect, test } from "vitest";
import type { Frame } from "@ioc/contracts";
import { chartPlan, drawsTarget } from "./chart-option.ts";
import type { ChartContext } from "./context.ts";
import { renderSvg } from "./svg.ts";
import { meets, targetText } from "./target.ts";
import { sampleName, sampleNow } from "./testing/frame-parts.ts";
import { samples } from "./testing/sample-frames.ts";
import { shapeSamples } from "./testing/shape-samples.ts";
import { textBoxes } from "./testing/svg-check.ts";

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const context: ChartContext = {
  theme: "light",
  width: 680,
  height: 300,
  lang: "vi",
  now: sampleNow,
  nameOf: sampleName,
};
type Target = NonNullable<Frame["target"]>;
const target = (more: Partial<Target> = {}): Target => ({
  op: ">=",
  value: 80,
  basis: "project",
  source: "x",
  ...more,
});
const reservoirs = samples["reservoirs"]!;
const withTarget = (frame: Frame, given: Target, met: boolean | null): Frame => ({
  ...frame,
  target: given,
  targetMet: met,
});
const drawnText = (kind: Parameters<typeof chartPlan>[0]["kind"], frame: Frame): string =>
  plain(JSON.stringify(chartPlan({ kind }, frame, context).option));

test("a target of `<` is not met by the value itself", () => {
  expect([29.9, 30, 30.1, null].map((value) => meets(target({ op: "<", value: 30 }), value))).toEqual([
    true,
    false,
    false,
    null,
  ]);
  expect([29.9, 30, 30.1].map((value) => meets(target({ op: "<=", value: 30 }), value))).toEqual([true, true, false]);
  expect([29.9, 30, 30.1].map((value) => meets(target({ op: ">=", value: 30 }), value))).toEqual([false, true, true]);
});

describe("in words", () => {
  const { frame } = reservoirs;
  test.each([
    [target(), true, "Mục tiêu: ≥ 80% (thiết lập), đạt", "Target: ≥ 80% (project setting), met"],
    [
      target({ op: "<", value: 12.5, basis: "official" }),
      false,
      "Kế hoạch: < 12,5%, chưa đạt",
      "Plan: < 12.5%, not met",
    ],
    [target({ op: "<=" }), null, "Mục tiêu: ≤ 80% (thiết lập)", "Target: ≤ 80% (project setting)"],
  ] as const)("%#", (given, met, vi, en) => {
    expect(plain(targetText(withTarget(frame, given, met), "vi"))).toBe(vi);
    expect(plain(targetText(withTarget(frame, given, met), "en"))).toBe(en);
  });
  test("of another figure is named with its value", () => {
    const of: Frame = {
      ...withTarget(frame, target({ of: "answered", unit: "%", value: 90 }), false),
      figures: [
        {
          id: "answered",
          name: { vi: "Trả lời trong 20 giây", en: "Answered in 20 s" },
          value: 86.4,
          unit: "%",
          decimals: 1,
        },
      ],
    };
    expect(plain(targetText(of, "vi"))).toBe("Mục tiêu (Trả lời trong 20 giây): ≥ 90% (thiết lập), 86,4%, chưa đạt");
  });
});

describe("on a drawing", () => {
  test.each(["bullet", "bar", "gauge", "sparkline-kpi"] as const)("%s says it", (kind) => {
    const text = drawnText(kind, withTarget(reservoirs.frame, target({ op: "<", value: 90 }), true));
    expect(text).toMatch(/Mục tiêu: < 90%/);
  });
  test("a line says whether it is met", () => {
    const { frame } = samples["availability"]!;
    const city = {
      ...frame,
      columns: [frame.columns[0]!, frame.columns[2]!],
      rows: frame.rows.filter(([, kind]) => kind === "kind-rain-gauge").map(([time, , value]) => [time!, value!]),
    };
    const text = drawnText("line", withTarget(city, target({ value: 98 }), false));
    expect(text).toContain("≥ 98");
    expect(text).toContain("chưa đạt");
  });
  test("of several subjects it counts those that meet it", () => {
    // 81.4 and 64.2 against 70; the third has no value.
    expect(drawnText("bullet", withTarget(reservoirs.frame, target({ value: 70 }), true))).toContain("1/2 đạt");
  });
  test("in another unit it has no line; the card says it in words", () => {
    const { spec, frame } = samples["rainHours"]!;
    const other = withTarget(frame, target({ unit: "%", value: 90 }), false);
    expect(drawsTarget("bar", other, context)).toBe(false);
    expect(drawnText("bar", other)).not.toContain("Mục tiêu");
    const words = textBoxes(renderSvg(spec, other, { ...context, width: 720 })).map((box) => plain(box.text));
    expect(words).toContain("Mục tiêu: ≥ 90% (thiết lập), chưa đạt");
    expect(drawsTarget("bar", withTarget(frame, target({ value: 40 }), true), context)).toBe(true);
  });
  test("of a figure that is no column it has no line either", () => {
    const { frame } = samples["rainHours"]!;
    const figures = [{ id: "ack", name: { vi: "Tiếp nhận", en: "Taken up" }, value: 3, unit: "mm/h", decimals: 1 }];
    const other = { ...withTarget(frame, target({ of: "ack" }), true), figures };
    expect(drawsTarget("bar", other, context)).toBe(false);
    expect(drawnText("bar", other)).not.toContain("Mục tiêu");
    const { spec, frame: spread } = shapeSamples["response"]!;
    expect(drawsTarget(spec.kind, spread, context)).toBe(true);
  });
  test("a kind without a place for it leaves it to the card", () => {
    const { spec, frame } = samples["availability"]!;
    const words = textBoxes(
      renderSvg(spec, withTarget(frame, target({ value: 95 }), true), { ...context, width: 340 }),
    );
    expect(words.map((box) => plain(box.text))).toContain("Mục tiêu: ≥ 95% (thiết lập), đạt");
  });
});

test("simulated data are called so on every card, and in the description", () => {
  const { spec, frame } = reservoirs;
  const draw = (synthetic: boolean, lang: "vi" | "en"): string =>
    renderSvg(spec, { ...frame, synthetic }, { ...context, lang, width: 720, height: undefined });
  expect(draw(true, "vi")).toMatch(/<tspan[^>]*>Số liệu mô phỏng<\/tspan>/);
  expect(draw(true, "en")).toMatch(/<desc[^>]*>[^<]*; simulated data\.<\/desc>/);
  expect(draw(false, "vi")).not.toContain("Số liệu mô phỏng");
});
