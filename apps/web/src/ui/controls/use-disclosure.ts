import { useRef } from "react";
import type { FocusEvent, KeyboardEvent, RefObject } from "react";

interface Disclosure {
  /** For the `details` element. */
  props: {
    ref: RefObject<HTMLDetailsElement | null>;
    onKeyDown: (event: KeyboardEvent) => void;
    onBlur: (event: FocusEvent) => void;
  };
  close: () => void;
}

/** A native disclosure that opens over the page: Escape closes it and goes back to its summary; leaving it closes it, too. */
export function useDisclosure(): Disclosure {
  const ref = useRef<HTMLDetailsElement>(null);
  const close = () => {
    if (ref.current) ref.current.open = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !ref.current?.open) return;
    event.stopPropagation();
    close();
    ref.current.querySelector("summary")?.focus();
  };
  const onBlur = (event: FocusEvent) => {
    if (event.relatedTarget && !ref.current?.contains(event.relatedTarget)) close();
  };
  return { props: { ref, onKeyDown, onBlur }, close };
}
