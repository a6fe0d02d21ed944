import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

export interface HistoryView {
  datastream: string;
  /** ms UTC. */
  from: number;
  to: number;
  resolution?: "auto" | "raw" | "15min" | "1h" | "1d";
  /** Upper limit of points when the resolution is `auto`. */
  points?: number;
}

/** History of one datastream. */
export const observationsQuery = ({ datastream, from, to, resolution = "auto", points = 1000 }: HistoryView) =>
  queryOptions({
    queryKey: ["observations", datastream, from, to, resolution, points],
    queryFn: ({ signal }) =>
      apiGet<"getObservations">(
        "/observations",
        {
          datastream,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          resolution,
          points,
        },
        signal,
      ),
    staleTime: 60_000,
  });
