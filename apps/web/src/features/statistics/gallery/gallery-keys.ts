import { useEffect, useRef } from "react";
import type { RefObject } from "react";

/** What the arrow keys move between: the link in the heading of a card, or of a row. */
const links = "article h3 a, tbody th[scope=row] a";

/** The card a key leads to: the neighbour in reading order, or the nearest of the row above or below. */
export function cardAfter(cards: readonly DOMRect[], at: number, key: string): number {
  if (key === "Home") return 0;
  if (key === "End") return cards.length - 1;
  if (key === "ArrowRight") return Math.min(cards.length - 1, at + 1);
  if (key === "ArrowLeft") return Math.max(0, at - 1);
  const own = cards[at];
  if (!own) return 0;
  const down = key === "ArrowDown";
  // Whole rows apart; titles of a row may stand a line higher or lower.
  const beyond = cards.flatMap((box, index) => {
    const away = down ? box.top - own.top : own.top - box.top;
    return away > own.height / 2 && index !== at ? [{ index, away, aside: Math.abs(box.left - own.left) }] : [];
  });
  const nearest = Math.min(...beyond.map((one) => one.away));
  const row = beyond.filter((one) => one.away <= nearest + own.height / 2);
  return row.sort((a, b) => a.aside - b.aside)[0]?.index ?? at;
}

const keys = new Set(["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "Home", "End"]);

/**
 * Arrow keys walk through the cards (or rows) while one of their links has the focus; `↓` in the search goes to the first. What is
 * shown may follow the typing a moment later: when the card that `↓` led to is gone, the first that was found has it.
 */
export function useGalleryKeys(place: RefObject<HTMLElement | null>): void {
  const led = useRef<HTMLElement | null>(null);
  // After whatever changed the cards.
  useEffect(() => {
    if (!led.current || led.current.isConnected) return;
    led.current = null;
    if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>(links)?.focus();
  });
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const onKey = (event: KeyboardEvent) => {
      if (!keys.has(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const target = event.target as Element;
      const all = [...element.querySelectorAll<HTMLElement>(links)];
      const searching = target.matches("[data-gallery-search]");
      const at = all.indexOf(target as HTMLElement);
      if (at < 0 && !(searching && event.key === "ArrowDown")) return;
      const boxes = all.map((link) => (link.closest("article, tr") ?? link).getBoundingClientRect());
      const next = all[searching ? 0 : cardAfter(boxes, at, event.key)];
      if (!next) return;
      event.preventDefault();
      led.current = searching ? next : null;
      next.focus();
      next.closest("article, tr")?.scrollIntoView({ block: "nearest" });
    };
    element.addEventListener("keydown", onKey);
    return () => element.removeEventListener("keydown", onKey);
  }, [place]);
}
