import { useEffect, useState } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { StatisticPreview } from "@ioc/contracts";
import { previewStatistic } from "../../../data/index.ts";
import { useApiKey } from "../../../data/api-key.ts";
import { definitionOf } from "./draft.ts";
import type { Draft } from "./draft.ts";

/** Typing must rest so long before the server is asked, ms. */
const rest = 700;

/** A value once it has rested. */
function useRested<T>(value: T): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

export interface Preview {
  answer: StatisticPreview | undefined;
  error: unknown;
  /** A newer draft is being calculated; what is shown is of the one before. */
  pending: boolean;
  /** Nothing is asked without an API key. */
  needsKey: boolean;
  again: () => void;
}

/** The draft checked and calculated once by the server, whenever typing rests. */
export function usePreview(draft: Draft, group: string | undefined): Preview {
  const key = useApiKey((state) => state.key);
  const rested = useRested(draft);
  const query = useQuery({
    queryKey: ["statistic-preview", definitionOf(rested), group ?? null, key],
    queryFn: ({ signal }) => previewStatistic(definitionOf(rested), group ? { group } : {}, key, signal),
    enabled: key !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
  return {
    answer: query.data,
    error: query.error,
    pending: rested !== draft || query.isFetching,
    needsKey: key === null,
    again: () => void query.refetch(),
  };
}
