import { useEffect, useState } from "react";
import type { RefObject } from "react";
import type { Theme } from "@ioc/charts/tokens";

export interface Surroundings {
  /** Width of the place in px, 0 until it is known. */
  width: number;
  theme: Theme;
}

function themeAt(element: Element): Theme {
  const named = element.closest<HTMLElement>("[data-theme]")?.dataset["theme"];
  if (named === "dark" || named === "light" || named === "wall") return named;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Width and theme of the place a chart stands in, kept up to date. Null on the server and before the first measure. */
export function useSurroundings(place: RefObject<HTMLElement | null>): Surroundings | null {
  const [state, setState] = useState<Surroundings | null>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const read = () => {
      const next = { width: Math.floor(element.clientWidth), theme: themeAt(element) };
      setState((before) => (before && before.width === next.width && before.theme === next.theme ? before : next));
    };
    read();
    const sizes = new ResizeObserver(read);
    sizes.observe(element);
    const themes = new MutationObserver(read);
    for (let at = element.closest("[data-theme]"); at; at = at.parentElement?.closest("[data-theme]") ?? null)
      themes.observe(at, { attributes: true, attributeFilter: ["data-theme"] });
    const system = matchMedia("(prefers-color-scheme: dark)");
    system.addEventListener("change", read);
    return () => {
      sizes.disconnect();
      themes.disconnect();
      system.removeEventListener("change", read);
    };
  }, [place]);
  return state;
}
