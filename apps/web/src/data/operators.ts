import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** Operators that a definition may use; they change only with the program. */
export const operatorsQuery = () =>
  queryOptions({
    queryKey: ["operators"],
    queryFn: ({ signal }) => apiGet<"listOperators">("/operators", { limit: 5000 }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
