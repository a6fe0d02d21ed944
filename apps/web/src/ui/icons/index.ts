export { DomainIcon, HazardIcon, Icon, KindIcon } from "./icon.tsx";
export { kindGlyph, plantGlyphs } from "./kind-glyphs.ts";
export type { UiGlyph } from "./ui-glyphs.ts";
