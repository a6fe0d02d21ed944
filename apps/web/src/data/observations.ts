import { queryOptions } from "@tanstack/react-query";
import type { Reduction, Resolution } from "@ioc/contracts";
import { apiGet, apiUrl } from "./request.ts";

export interface HistoryView {
  datastream: string;
  /** ms UTC. */
  from: number;
  to: number;
  resolution?: Resolution | "auto";
  /** Upper limit of points when the resolution is `auto` or the points are thinned out. */
  points?: number;
  /** Thin out to `points`; the resolution is then the finest that is tried. */
  reduce?: Reduction;
}

/** History of one datastream. */
export const observationsQuery = ({ datastream, from, to, resolution = "auto", points = 1000, reduce }: HistoryView) =>
  queryOptions({
    queryKey: ["observations", datastream, from, to, resolution, points, reduce ?? null],
    queryFn: ({ signal }) =>
      apiGet<"getObservations">(
        "/observations",
        {
          datastream,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          resolution,
          points,
          reduce,
        },
        signal,
      ),
    staleTime: 60_000,
  });

/** Most readings of an answer; more than a day of one a minute. */
export const readingsLimit = 2000;

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

/** Mean of several datastreams on one time axis (of totals: the sum), one value a bucket; null where there is nothing valid. */
export const aggregatesQuery = (view: {
  datastreams: readonly string[];
  from: number;
  to: number;
  /** `PT15M`, `PT1H`, `P1D`. */
  bucket: string;
  of: "mean" | "sum";
}) =>
  queryOptions({
    queryKey: ["aggregates", view.datastreams, view.from, view.to, view.bucket, view.of],
    queryFn: ({ signal }) =>
      apiGet<"getAggregates">(
        "/aggregates",
        {
          datastream: view.datastreams.join(","),
          from: new Date(view.from).toISOString(),
          to: new Date(view.to).toISOString(),
          bucket: view.bucket,
          functions: view.of,
        },
        signal,
      ),
    staleTime: 60_000,
  });

/** What is downloaded: one datastream or a whole station. Times in ms. */
export interface ExportView {
  datastream?: string;
  station?: string;
  from: number;
  to: number;
  resolution: Resolution;
}

export const exportFormats = ["csv", "ndjson", "parquet"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Address of readings or rollups as a file. */
export function exportUrl(format: ExportFormat, { from, to, ...view }: ExportView): string {
  return apiUrl(`/observations.${format}`, {
    ...view,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
}
