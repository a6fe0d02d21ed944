import { describe, expect, test } from "vitest";
import { renderSvg } from "./svg.ts";
import { sampleName, sampleNow, samples } from "./testing/sample-frames.ts";
import { overlaps, textBoxes, xmlProblem } from "./testing/svg-check.ts";

const looks = (["light", "dark"] as const).flatMap((theme) =>
  (["vi", "en"] as const).flatMap((lang) => [340, 720, 1080].map((width) => ({ theme, lang, width }))),
);
const draw = (name: string, look: (typeof looks)[number], more: object = {}): string => {
  const { spec, frame } = samples[name]!;
  return renderSvg(spec, frame, { ...look, now: sampleNow, nameOf: sampleName, ...more });
};

describe.each(Object.keys(samples))("%s", (name) => {
  test.each(looks)("$theme $lang $width is a whole, readable card", (look) => {
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

    const { spec, frame } = samples[name]!;
    const all = boxes.map((box) => box.text).join(" ");
    expect(all).toContain((frame.finding ?? spec.title)[look.lang].split(" ").slice(0, 2).join(" "));
    expect(all).toContain(spec.source[look.lang].split(" ")[0]);
    if (frame.asOf !== null)
      expect(all).toContain(look.lang === "vi" ? "09:00 22/10/2026" : "22\u00a0Oct\u00a02026, 09:00");
    if (frame.coverage !== null) expect(all).toContain(look.lang === "vi" ? "hợp lệ" : "valid");
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
