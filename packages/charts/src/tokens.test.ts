import { describe, expect, test } from "vitest";
import { severities } from "@ioc/contracts";
import { contrast } from "./ink.ts";
import {
  riskColors,
  seriesStyles,
  severityStyles,
  themes,
  typeScale,
  vnAqiBands,
  type Theme,
  type ThemeColors,
} from "./tokens.ts";

type Pair = [keyof ThemeColors, number[]];
const grounds: Record<Theme, (keyof ThemeColors)[]> = {
  wall: ["bg", "panel", "raised", "selected"],
  dark: ["bg", "panel", "raised", "selected"],
  light: ["bg", "raised", "selected"],
};
/** The contrast table of the design, each colour against the grounds above. */
const agreed: Record<Theme, Pair[]> = {
  wall: [
    ["text-1", [17.83, 16.29, 14.27, 12.31]],
    ["text-2", [11.07, 10.12, 8.86, 7.65]],
    ["text-3", [7.8, 7.13, 6.24, 5.39]],
    ["accent", [9.25, 8.45, 7.4, 6.39]],
    ["control", [5.35, 4.89, 4.28, 3.69]],
    ["line", [1.95, 1.78, 1.56, 1.35]],
  ],
  dark: [
    ["text-1", [15.17, 13.84, 12.06, 10.98]],
    ["text-2", [9.57, 8.73, 7.61, 6.92]],
    ["text-3", [7.18, 6.54, 5.7, 5.19]],
    ["accent", [8.6, 7.84, 6.83, 6.22]],
    ["focus", [12.5, 11.4, 9.93, 9.04]],
    ["control", [5.1, 4.65, 4.06, 3.69]],
    ["error", [8.89, 8.11, 7.07, 6.44]],
    ["line", [1.93, 1.76, 1.53, 1.4]],
  ],
  light: [
    ["text-1", [17.65, 16.15, 14.3]],
    ["text-2", [8.63, 7.89, 6.99]],
    ["text-3", [5.96, 5.45, 4.83]],
    ["accent", [7.84, 7.17, 6.35]],
    ["visited", [9.9, 9.06, 8.03]],
    ["control", [4.64, 4.24, 3.76]],
    ["error", [7.84, 7.18, 6.36]],
    ["line", [1.53, 1.4, 1.24]],
  ],
};

describe.each(["wall", "dark", "light"] as const)("%s", (name) => {
  const { colors, severity, data, seq } = themes[name];

  test.each(agreed[name])("%s has the agreed contrast", (token, ratios) => {
    ratios.forEach((ratio, index) => {
      expect(contrast(colors[token], colors[grounds[name][index]!])).toBeCloseTo(ratio, 1);
    });
  });

  test("text reads everywhere, borders that carry meaning are seen", () => {
    for (const ground of grounds[name]) {
      for (const text of ["text-1", "text-2", "text-3", "accent", "error"] as const)
        expect(contrast(colors[text], colors[ground])).toBeGreaterThanOrEqual(4.5);
      for (const part of ["control", "focus"] as const)
        expect(contrast(colors[part], colors[ground])).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(colors["accent-ink"], colors.accent)).toBeGreaterThanOrEqual(4.5);
  });

  test("ink reads on every fill", () => {
    for (const each of [...Object.values(severity), ...seq])
      expect(contrast(each.fill, each.ink)).toBeGreaterThanOrEqual(4.5);
    for (const each of [...vnAqiBands, ...riskColors])
      expect(contrast(each.fill, each.ink)).toBeGreaterThanOrEqual(4.5);
  });

  test("chart marks stand out from the panel; a severity does, or it is outlined", () => {
    for (const color of data) expect(contrast(color, colors.panel)).toBeGreaterThanOrEqual(3);
    for (const each of severities) {
      const { fill, outline } = severity[each];
      expect(outline !== null || contrast(fill, colors.panel) >= 3).toBe(true);
    }
  });

  test("a stale value keeps 4.5:1", () => {
    const { staleOpacity } = themes[name];
    const mix = (front: string, back: string): string =>
      `#${[1, 3, 5]
        .map((start) => {
          const [f, b] = [front, back].map((hex) => Number.parseInt(hex.slice(start, start + 2), 16)) as [
            number,
            number,
          ];
          return Math.round(f * staleOpacity + b * (1 - staleOpacity))
            .toString(16)
            .padStart(2, "0");
        })
        .join("")}`;
    expect(contrast(mix(colors["text-1"], colors.panel), colors.panel)).toBeGreaterThanOrEqual(4.5);
  });
});

test("severity fills have the agreed contrast", () => {
  const against = (theme: Theme) =>
    severities.map((each) => contrast(themes[theme].severity[each].fill, themes[theme].colors.panel));
  const ink = (theme: Theme) =>
    severities.map((each) => contrast(themes[theme].severity[each].fill, themes[theme].severity[each].ink));
  const close = (actual: number[], expected: number[]) =>
    actual.forEach((value, index) => expect(value).toBeCloseTo(expected[index]!, 1));
  close(against("dark"), [4.84, 14.09, 7.59, 4.51]);
  close(against("wall"), [5.22, 15.19, 8.18, 4.86]);
  close(against("light"), [1.6, 1.3, 2.49, 5.88]);
  close(ink("dark"), [5.71, 16.62, 8.95, 5.31]);
  close(ink("light"), [11.05, 13.54, 7.08, 5.88]);
});

test("series colours have the agreed contrast", () => {
  const of = (theme: Theme) => themes[theme].data.map((color) => contrast(color, themes[theme].colors.panel));
  of("light").forEach((value, index) => expect(value).toBeCloseTo([12.29, 4.47, 6.01, 3.39, 5.97, 12.34][index]!, 1));
  of("dark").forEach((value, index) => expect(value).toBeCloseTo([8.56, 6.74, 12.0, 3.94, 5.16, 3.4][index]!, 1));
});

test("severity and series are told apart without colour", () => {
  expect(new Set(Object.values(severityStyles).map((style) => style.shape)).size).toBe(4);
  expect(severities.map((each) => severityStyles[each].bars)).toEqual([1, 2, 3, 4]);
  expect(new Set(seriesStyles.map((style) => `${style.marker} ${style.hollow}`)).size).toBe(6);
  expect(new Set(seriesStyles.map((style) => String(style.dash))).size).toBe(6);
});

test("line height leaves room for stacked marks", () => {
  for (const density of Object.values(typeScale)) {
    for (const [role, { size, line }] of Object.entries(density)) {
      const display = role.startsWith("value") || size >= 52;
      expect(line / size, role).toBeGreaterThanOrEqual(display ? 1.2 : 1.34);
    }
  }
});
