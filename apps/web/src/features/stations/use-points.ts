import type { RefObject } from "react";
import { useSurroundings } from "../../ui/chart/index.ts";

/** Widths are taken in steps, px, so that a window that is dragged does not ask anew at every pixel. */
const step = 50;

/** Points a drawing in this place may have: one a pixel of its width. Null until the place was measured. */
export function usePoints(place: RefObject<HTMLElement | null>): number | null {
  const width = useSurroundings(place)?.width ?? 0;
  return width === 0 ? null : Math.max(step, Math.floor(width / step) * step);
}
