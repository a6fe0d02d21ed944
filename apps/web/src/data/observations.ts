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

/** Most readings of an answer; more than a day of one a minute. */
const readingsLimit = 2000;

/** Single readings of one datastream with the reasons of their quality, newest first. */
export const readingsQuery = ({ datastream, from, to }: Pick<HistoryView, "datastream" | "from" | "to">) =>
  queryOptions({
    queryKey: ["readings", datastream, from, to],
    queryFn: ({ signal }) => {
      const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      return apiGet<"getReadings">("/readings", { datastream, ...span, order: "desc", limit: readingsLimit }, signal);
    },
    staleTime: 60_000,
  });
