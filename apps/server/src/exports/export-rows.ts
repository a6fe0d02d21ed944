import type { ExportQuery, Resolution } from "@ioc/contracts";
import {
  DAY_MS,
  ROLLUP_WIDTHS,
  type ObservationReader,
  type ObservationRecord,
  type RollupRows,
  type RollupWidth,
} from "@ioc/observations";
import type { SelectedStream } from "../api/series-selection.ts";

/** What is exported. The span is (from, to] of phenomenonTime, or of bucket ends; ms. */
export interface ExportRequest {
  streams: readonly SelectedStream[];
  from: number;
  to: number;
  resolution: Resolution;
  quality: ExportQuery["quality"];
}

/** Rows of one datastream in time order that are in memory together. */
export type ExportPage =
  | { stream: SelectedStream; kind: "raw"; readings: readonly ObservationRecord[] }
  | { stream: SelectedStream; kind: "buckets"; buckets: RollupRows };

/** Rows that are in memory at once. */
const pageRows = 5000;

/** Everything that was asked, datastream by datastream, in pages of at most 5,000 rows. */
export async function* exportPages(reader: ObservationReader, request: ExportRequest): AsyncGenerator<ExportPage> {
  for (const stream of request.streams) {
    if (request.resolution === "raw") yield* rawPages(reader, request, stream);
    else yield* bucketPages(reader, request, stream, request.resolution);
  }
}

async function* rawPages(
  reader: ObservationReader,
  { from, to, quality }: ExportRequest,
  stream: SelectedStream,
): AsyncGenerator<ExportPage> {
  const query = {
    datastreams: [stream.id],
    from,
    to,
    order: "asc",
    limit: pageRows,
    validOnly: quality === "valid",
  } as const;
  let readings = await reader.page(query);
  while (readings.length > 0) {
    yield { stream, kind: "raw", readings };
    const last = readings.at(-1);
    if (!last || readings.length < pageRows) return;
    readings = await reader.page({ ...query, after: last });
  }
}

async function* bucketPages(
  reader: ObservationReader,
  { from, to }: ExportRequest,
  stream: SelectedStream,
  width: RollupWidth,
): AsyncGenerator<ExportPage> {
  const datastreams = [stream.id];
  // Days are few, and tell where there is anything at all.
  const days = await reader.rollups({ datastreams, from, to: to + DAY_MS, width: "1d" });
  const step = pageRows * ROLLUP_WIDTHS[width];
  let reached = from;
  for (const day of days.time) {
    // A bucket can reach over the end of the day where days do not begin on its edges.
    if (day + ROLLUP_WIDTHS[width] <= reached) continue;
    const begin = Math.max(reached, day - DAY_MS);
    reached = Math.min(to, begin + step);
    const buckets = await reader.rollups({ datastreams, from: begin, to: reached, width });
    if (buckets.time.length > 0) yield { stream, kind: "buckets", buckets };
    if (reached === to) return;
  }
}
