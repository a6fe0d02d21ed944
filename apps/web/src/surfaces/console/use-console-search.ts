import { useCallback } from "react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ConsoleSearch } from "./search.ts";

type Patch = { [K in keyof ConsoleSearch]: ConsoleSearch[K] | undefined };

/** View state of the console in the address, and a way to change part of it (undefined removes). */
export function useConsoleSearch(): [ConsoleSearch, (patch: Patch) => void] {
  const search = useSearch({ from: "/console" });
  const navigate = useNavigate();
  const patch = useCallback(
    (change: Patch) => {
      void navigate({
        to: ".",
        replace: true,
        search: (before: ConsoleSearch) => {
          const next = Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined);
          return Object.fromEntries(next) as ConsoleSearch;
        },
      });
    },
    [navigate],
  );
  return [search, patch];
}
