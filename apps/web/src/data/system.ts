import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** How the system itself is; read again every five seconds while somebody looks. */
export const systemReportQuery = () =>
  queryOptions({
    queryKey: ["system"],
    queryFn: ({ signal }) => apiGet<"getSystemReport">("/system", {}, signal),
    refetchInterval: 5_000,
    placeholderData: keepPreviousData,
  });
