import { describe, expect, test } from "vitest";
import { chartKinds } from "@ioc/contracts";
import { renderSvg } from "./svg.ts";
import { edgeSamples } from "./testing/edge-samples.ts";
import { sampleName, sampleNow, type Sample } from "./testing/frame-parts.ts";
import { samples } from "./testing/sample-frames.ts";
import { sampleAreas, shapeSamples } from "./testing/shape-samples.ts";
import { overlaps, textBoxes, xmlProblem } from "./testing/svg-check.ts";
import type { Theme } from "./tokens.ts";

interface Look {
  theme: Theme;
  lang: "vi" | "en";
  width: number;
}
const looks: Look[] = (["light", "dark"] as const).flatMap((theme) =>
  (["vi", "en"] as const).flatMap((lang) => [340, 720, 1080].map((width) => ({ theme, lang, width }))),
);
/** The edges of every kind are looked at in fewer looks, the wall among them. */
const edgeLooks: Look[] = [
  { theme: "light", lang: "vi", width: 340 },
  { theme: "dark", lang: "en", width: 720 },
  { theme: "wall", lang: "vi", width: 1080 },
];
const all: Record<string, Sample> = { ...samples, ...shapeSamples, ...edgeSamples };
const areas = sampleAreas(16);
const draw = (name: string, look: Look, more: object = {}): string => {
  const { spec, frame } = all[name]!;
  return renderSvg(spec, frame, { ...look, now: sampleNow, nameOf: sampleName, areas, ...more });
};
const cases = [
  ...Object.keys({ ...samples, ...shapeSamples }).flatMap((name) => looks.map((look) => ({ name, ...look }))),
  ...Object.keys(shapeSamples).map((name) => ({ name, theme: "wall" as const, lang: "vi" as const, width: 1080 })),
  ...Object.keys(edgeSamples).flatMap((name) => edgeLooks.map((look) => ({ name, ...look }))),
];

describe("a card", () => {
  test.each(cases)("$name $theme $lang $width is whole and readable", ({ name, ...look }) => {
    const svg = draw(name, look);
    expect(xmlProblem(svg)).toBeNull();
    expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(svg).toMatch(new RegExp(`^<svg xmlns="http://www.w3.org/2000/svg" width="${look.width}" height="\\d+"`));
    expect(svg.normalize("NFC")).toBe(svg);
    // Nothing is fetched from elsewhere and nothing runs.
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
      /https?:|href=|<script|<style|@import|url\((?!#)/,
    );

    const boxes = textBoxes(svg);
    const height = Number(/height="(\d+)"/.exec(svg)![1]);
    for (const box of boxes) {
      expect(box.left, box.text).toBeGreaterThanOrEqual(0);
      expect(box.right, box.text).toBeLessThanOrEqual(look.width);
      expect(box.top, box.text).toBeGreaterThanOrEqual(0);
      expect(box.bottom, box.text).toBeLessThanOrEqual(height);
    }
    expect(overlaps(boxes)).toEqual([]);

    const { spec, frame } = all[name]!;
    const words = boxes.map((box) => box.text).join(" ");
    expect(words).toContain((frame.finding ?? spec.title)[look.lang].split(" ").slice(0, 2).join(" "));
    expect(words).toContain(spec.source[look.lang].split(" ")[0]);
    if (frame.asOf !== null)
      expect(words).toContain(look.lang === "vi" ? "09:00 22/10/2026" : "22\u00a0Oct\u00a02026, 09:00");
    if (frame.coverage !== null) expect(words).toContain(look.lang === "vi" ? "hợp lệ" : "valid");
  });
});

test("the same input gives the same text", () => {
  const look = looks[0]!;
  expect(draw("river", look)).toBe(draw("river", look));
});

test("ids of two cards in one page do not meet", () => {
  const ids = ["river", "rivers", "traffic"].flatMap((name) =>
    [340, 720].flatMap((width) =>
      [...draw(name, { theme: "light", lang: "vi", width }).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]),
    ),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("names from outside cannot break out of the text", () => {
  const evil = `<script>alert("1")</script>&`;
  const { spec, frame } = samples["rainWards"]!;
  const svg = renderSvg(
    { ...spec, title: { vi: evil, en: evil } },
    { ...frame, finding: null },
    { theme: "light", lang: "vi", width: 720, now: sampleNow, nameOf: () => evil },
  );
  expect(xmlProblem(svg)).toBeNull();
  expect(svg).not.toContain("<script");
});

test("a height given is kept", () => {
  expect(draw("river", { theme: "light", lang: "vi", width: 720 }, { height: 500 })).toContain(
    'width="720" height="500"',
  );
});

test("insufficient, empty and error say so instead of drawing", () => {
  const look = { theme: "light", lang: "vi", width: 720 } as const;
  const text = (name: string): string =>
    textBoxes(draw(name, look))
      .map((box) => box.text)
      .join("\n");
  expect(text("insufficient")).toContain("—\nChưa đủ số liệu: 62% giá trị hợp lệ.");
  expect(text("insufficient")).not.toContain("0,62");
  expect(text("empty")).toContain("—\nKhông có số liệu trong khoảng này.");
  expect(text("failed")).toContain("—\nChưa tính được số liệu này. Hệ thống sẽ thử lại.");
  expect(text("failed")).not.toContain("boom");
});

test("low coverage is bold in the footer, full coverage is not", () => {
  const look = { theme: "light", lang: "vi", width: 720 } as const;
  expect(draw("insufficient", look)).toMatch(/<tspan font-weight="600"[^>]*>62% hợp lệ/);
  expect(draw("river", look)).not.toContain("<tspan");
});

test("a project setting is named as one", () => {
  for (const width of [340, 720, 1080]) {
    const text = textBoxes(draw("rainHours", { theme: "light", lang: "vi", width }))
      .map((box) => box.text)
      .join(" ");
    expect(text).toContain("(thiết lập)");
  }
});

test("a single figure of the whole view is a card of every kind, though nothing names its row", () => {
  const { spec, frame } = Object.values(samples)[0]!;
  const text = { vi: "Tỷ lệ", en: "Share" };
  const single = {
    ...frame,
    group: "city",
    subject: null,
    value: 55,
    status: "ok" as const,
    columns: [
      { id: "value", name: text, type: "number" as const, unit: "%", decimals: 1, role: "value" as const },
      { id: "time", name: text, type: "time" as const },
    ],
    rows: [[55, sampleNow]],
  };
  for (const kind of chartKinds) {
    const svg = renderSvg({ ...spec, kind }, single, {
      width: 480,
      theme: "light",
      lang: "vi",
      now: sampleNow,
      nameOf: sampleName,
    });
    expect(svg).toContain("55");
  }
});
