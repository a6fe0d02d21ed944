import type { Swatch } from "./tokens.ts";

/**
 * Flags of bathing beaches mean their colour: a red flag that is drawn green would be read as safe. Darker and lighter than the flags
 * themselves, so that they differ in a picture without colours, too; project setting.
 */
export const flagColors: Readonly<Record<string, Swatch>> = {
  green: { fill: "#2E7D32", ink: "#FFFFFF" },
  yellow: { fill: "#F9D71C", ink: "#000000" },
  red: { fill: "#B3261E", ink: "#FFFFFF" },
};
