import { useCallback, useMemo } from "react";
import { useNavigate, useSearch } from "@tanstack/react-router";

/** View state of a page below the console in the address, and a way to change part of it (undefined removes). */
export function useOwnSearch<Search extends object>(
  read: (raw: Record<string, unknown>) => Search,
): [Search, (patch: { [K in keyof Search]?: Search[K] | undefined }) => void] {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const patch = useCallback(
    (change: { [K in keyof Search]?: Search[K] | undefined }) => {
      void navigate({
        to: ".",
        replace: true,
        search: (before: Record<string, unknown>) =>
          Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)),
      });
    },
    [navigate],
  );
  const search = useMemo(() => read(raw), [read, raw]);
  return [search, patch];
}
