import { useCallback, useEffect, useMemo, useRef, useState } from "react";

/** What a list shows while its reader is busy with it, and how many new rows wait. */
export interface SteadyRows {
  shown: readonly string[];
  waiting: number;
}

/**
 * The rows to show next. Free: the wanted order. Held: the rows stay where they are, new ones wait; only rows that no
 * longer exist at all leave. Pure.
 */
export function steadyRows(
  shown: readonly string[],
  wanted: readonly string[],
  known: ReadonlySet<string>,
  held: boolean,
): SteadyRows {
  if (!held || shown.length === 0) return { shown: wanted, waiting: 0 };
  const kept = shown.filter((id) => known.has(id));
  const there = new Set(kept);
  return { shown: kept, waiting: wanted.filter((id) => !there.has(id)).length };
}

/** How long after a key the list still holds still, ms. */
const quietAfterKey = 5_000;

/**
 * Keeps a list from moving under its reader: while the pointer is over it or a key was pressed in the last five seconds,
 * new rows wait until `apply` (or until the reader is done).
 */
export function useSteadyRows(wanted: readonly string[], known: ReadonlySet<string>) {
  const [over, setOver] = useState(false);
  const [keyed, setKeyed] = useState(false);
  const [applied, setApplied] = useState<readonly string[]>(wanted);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const rows = useMemo(() => steadyRows(applied, wanted, known, over || keyed), [applied, wanted, known, over, keyed]);
  if (!over && !keyed && applied !== wanted) setApplied(wanted);
  useEffect(() => () => clearTimeout(timer.current), []);

  const onKey = useCallback(() => {
    setKeyed(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setKeyed(false), quietAfterKey);
  }, []);
  const apply = useCallback(() => setApplied(wanted), [wanted]);
  return {
    ...rows,
    apply,
    onKey,
    pointer: { onPointerEnter: () => setOver(true), onPointerLeave: () => setOver(false) },
  };
}
