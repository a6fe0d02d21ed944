import type { Glyph } from "./glyph.ts";
import { domainGlyphs, hazardGlyph } from "./domain-glyphs.ts";
import { kindGlyph } from "./kind-glyphs.ts";
import { uiGlyphs } from "./ui-glyphs.ts";
import type { UiGlyph } from "./ui-glyphs.ts";

interface Common {
  /** px; 20 unless given. */
  size?: number;
  /** Read aloud; without it the icon is decoration. */
  label?: string;
  className?: string | undefined;
}

/** Draws a glyph in the colour of the text around it. */
function GlyphSvg({ glyph, size = 20, label, className }: Common & { glyph: Glyph }) {
  const aria = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      style={{ flex: "none" }}
      {...aria}
    >
      {glyph.fill ? <path d={glyph.fill} fill="currentColor" stroke="none" /> : null}
      {glyph.stroke ? <path d={glyph.stroke} /> : null}
    </svg>
  );
}

/** Icon of the interface. */
export function Icon({ name, ...rest }: Common & { name: UiGlyph }) {
  return <GlyphSvg glyph={uiGlyphs[name]} {...rest} />;
}

/** Icon of a station kind, by the kind's `glyph`; a dot when it is not known. */
export function KindIcon({ glyph, ...rest }: Common & { glyph: string | undefined }) {
  return <GlyphSvg glyph={kindGlyph(glyph ?? "")} {...rest} />;
}

/** Icon of a domain of the pack. */
export function DomainIcon({ domain, ...rest }: Common & { domain: string }) {
  return <GlyphSvg glyph={domainGlyphs[domain] ?? uiGlyphs.chart} {...rest} />;
}

/** Icon of a hazard, one of twelve. */
export function HazardIcon({ hazard, ...rest }: Common & { hazard: string }) {
  return <GlyphSvg glyph={hazardGlyph(hazard)} {...rest} />;
}
