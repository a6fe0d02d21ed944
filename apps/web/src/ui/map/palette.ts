import { themes } from "@ioc/charts/tokens";
import type { Theme } from "@ioc/charts/tokens";

/** Colours of the map, all taken or mixed from the theme's own table. */
export interface MapPalette {
  theme: Theme;
  sea: string;
  land: string;
  /** Land that is not the city. */
  outside: string;
  water: string;
  road: string;
  boundary: string;
  label: string;
  quietLabel: string;
  halo: string;
  plate: string;
  plateLine: string;
  glyph: string;
  text: string;
  focus: string;
  hatch: string;
}

/** `#rrggbb` between two colours; 0 gives `a`, 1 gives `b`. */
export function mix(a: string, b: string, share: number): string {
  const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const channels = [1, 3, 5].map((at) => Math.round(part(a, at) + (part(b, at) - part(a, at)) * share));
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

export function mapPalette(theme: Theme): MapPalette {
  const { colors, seq, scheme } = themes[theme];
  const dark = scheme === "dark";
  return {
    theme,
    sea: dark ? mix(colors.bg, seq[0].fill, 0.55) : mix(seq[0].fill, seq[1].fill, 0.35),
    land: dark ? mix(colors.panel, colors.raised, 0.5) : colors.panel,
    outside: dark ? mix(colors.bg, colors.panel, 0.4) : mix(colors.raised, colors.line, 0.25),
    water: dark ? mix(seq[0].fill, seq[1].fill, 0.45) : seq[1].fill,
    road: dark ? mix(colors.raised, colors.control, 0.35) : mix(colors.raised, colors.control, 0.3),
    boundary: dark ? mix(colors.line, colors.control, 0.35) : mix(colors.line, colors.control, 0.25),
    label: colors["text-2"],
    quietLabel: colors["text-3"],
    halo: dark ? colors.bg : colors.panel,
    plate: colors.panel,
    plateLine: colors.control,
    glyph: colors["text-2"],
    text: colors["text-1"],
    focus: colors.focus,
    hatch: colors.nodata,
  };
}
