import { motions, radii, riskColors, spaces, themes, typeScale, vnAqiBands, fontFamily } from "@ioc/charts/tokens";
import type { Density, Theme } from "@ioc/charts/tokens";

type Properties = [name: string, value: string][];

function colorProperties(theme: Theme): Properties {
  const tokens = themes[theme];
  const text = tokens.colors["text-1"];
  const entries: Properties = Object.entries(tokens.colors).map(([name, value]) => [`c-${name}`, value]);
  for (const [severity, swatch] of Object.entries(tokens.severity)) {
    const name = `c-sev-${severity.toLowerCase()}`;
    const outline = swatch.outline === null ? "transparent" : swatch.outline === "text-1" ? text : swatch.outline;
    entries.push([name, swatch.fill], [`${name}-ink`, swatch.ink], [`${name}-outline`, outline]);
  }
  for (const { level, fill, ink } of riskColors) entries.push([`c-risk-${level}`, fill], [`c-risk-${level}-ink`, ink]);
  tokens.data.forEach((color, i) => entries.push([`c-data-${i + 1}`, color]));
  tokens.seq.forEach(({ fill, ink }, i) => entries.push([`c-seq-${i + 1}`, fill], [`c-seq-${i + 1}-ink`, ink]));
  tokens.div.forEach((color, i) => entries.push([`c-div-${i + 1}`, color]));
  vnAqiBands.forEach(({ fill, ink }, i) => entries.push([`c-aqi-${i + 1}`, fill], [`c-aqi-${i + 1}-ink`, ink]));
  entries.push(["stale-opacity", String(tokens.staleOpacity)]);
  return entries;
}

function densityProperties(density: Density): Properties {
  const entries: Properties = [["r", `${radii[density]}px`]];
  for (const [role, style] of Object.entries(typeScale[density])) {
    entries.push([`f-${role}`, `${style.weight} ${style.size}px/${style.line}px var(--f-family)`]);
    entries.push([`f-${role}-size`, `${style.size}px`]);
  }
  return entries;
}

function rule(selector: string, properties: Properties, extra = ""): string {
  return `${selector}{${properties.map(([name, value]) => `--${name}:${value}`).join(";")}${extra}}\n`;
}

const common = (): Properties => [
  ["f-family", fontFamily],
  ...spaces.map((px, i): [string, string] => [`s-${i + 1}`, `${px}px`]),
  ...Object.entries(motions).map(([name, ms]): [string, string] => [`m-${name}`, `${ms}ms`]),
];

/**
 * The custom properties of every theme and density, derived from the colour and type tables of `@ioc/charts`:
 * `--c-*` colours, `--f-*` type (as `font` shorthand), `--s-1…7` spacing, `--r` radius, `--m-*` motion.
 * A theme or density can also be set on a part of the page.
 */
export function tokensCss(): string {
  const still = Object.keys(motions)
    .map((name) => `--m-${name}:0ms`)
    .join(";");
  let css = rule(":root", common());
  for (const theme of ["light", "dark", "wall"] as const) {
    const selector = theme === "light" ? ":root,[data-theme=light]" : `[data-theme=${theme}]`;
    css += rule(selector, colorProperties(theme), `;color-scheme:${themes[theme].scheme}`);
  }
  for (const density of ["comfortable", "compact", "wall"] as const) {
    const selector = density === "comfortable" ? ":root,[data-density=comfortable]" : `[data-density=${density}]`;
    css += rule(selector, densityProperties(density));
  }
  // Pages that need no script follow the reader's system.
  const dark = rule("[data-theme=auto]", colorProperties("dark"), `;color-scheme:${themes.dark.scheme}`);
  css += `@media (prefers-color-scheme:dark){${dark}}\n`;
  // Paper is light, whatever the screen is.
  css += `@media print{${rule(":root,[data-theme]", colorProperties("light"), ";color-scheme:light")}}\n`;
  css += `@media (prefers-reduced-motion:reduce){:root{${still}}}\n`;
  return `@layer tokens{\n${css}}\n`;
}
