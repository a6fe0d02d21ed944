import type { Style } from "./context.ts";

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio of two colours (`#RRGGBB`) by WCAG 2.2, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Least contrast of text on its ground (WCAG 2.2 AA), with a little to spare. */
const legible = 4.55;

/**
 * A colour with the text or ground colour of the theme written on it, whichever is read better. Where neither is read well
 * enough the colour moves away from its ink in steps too small to be seen.
 */
export function swatchOf(color: string, style: Style): { fill: string; ink: string } {
  const ink = contrast(color, style.text1) > contrast(color, style.panel) ? style.text1 : style.panel;
  const away = luminance(ink) > 0.5 ? 0 : 255;
  let fill = color;
  for (let step = 1; step <= 25 && contrast(fill, ink) < legible; step++) fill = mixed(color, away, step * 0.02);
  return { fill, ink };
}

/** A colour with a share of black (0) or white (255). */
function mixed(color: string, end: 0 | 255, share: number): string {
  const channels = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16);
    return Math.round(channel + (end - channel) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("").toUpperCase()}`;
}
