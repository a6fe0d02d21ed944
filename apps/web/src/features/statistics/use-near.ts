import { useEffect, useState } from "react";
import type { RefObject } from "react";

interface Nearness {
  /** The element was near the view once: what it loaded stays. */
  seen: boolean;
  /** It is near the view now. */
  near: boolean;
}

/** How near the view an element is; a card reads its data when it comes near, and follows it only while it stays near. */
export function useNear(element: RefObject<HTMLElement | null>): Nearness {
  const [state, setState] = useState<Nearness>({ seen: false, near: false });
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const observer = new IntersectionObserver(
      (entries) => {
        const near = entries.at(-1)?.isIntersecting ?? false;
        setState((before) => (before.near === near ? before : { seen: before.seen || near, near }));
      },
      { rootMargin: "300px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return state;
}
