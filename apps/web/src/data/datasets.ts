import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** Datasets with their structure and what is held of them. */
export const datasetsQuery = () =>
  queryOptions({
    queryKey: ["datasets"],
    queryFn: ({ signal }) => apiGet<"listDatasets">("/datasets", { limit: 5000 }, signal),
    staleTime: 60_000,
  });
