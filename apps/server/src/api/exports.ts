import type { CityPack } from "@ioc/city-pack";
import { createCityIso, type ExportQuery, type Network } from "@ioc/contracts";
import type { DatastreamSpec, ObservationReader } from "@ioc/observations";
import { csvOf } from "../exports/csv.ts";
import { exportPages, type ExportPage } from "../exports/export-rows.ts";
import { ndjsonOf } from "../exports/ndjson.ts";
import { parquetOf } from "../exports/parquet.ts";
import { storeProblem } from "./gate.ts";
import { Reply, type Handlers } from "./handlers.ts";
import { ProblemError } from "./problem.ts";
import { badQuery, createStreamSelector, requireSelection } from "./series-selection.ts";

interface ExportServices {
  reader: ObservationReader;
  network: Network;
  specs: readonly DatastreamSpec[];
  timezone: CityPack["timezone"];
  /** City time. */
  now(): number;
}

type ExportOperations = "exportCsv" | "exportNdjson" | "exportParquet";
type Chunks = AsyncIterable<Uint8Array | string>;

/** Exports that run at the same time. */
const mostExports = 4;
const dayMs = 86_400_000;

/** Readings or rollups of any number of datastreams and any span, sent while they are read. */
export function exportHandlers(services: ExportServices): Pick<Handlers, ExportOperations> {
  const { reader, now } = services;
  const select = createStreamSelector(services.network, services.specs);
  let running = 0;

  const counted = async function* (chunks: Chunks): Chunks {
    if (running >= mostExports) throw tooManyExports();
    running++;
    try {
      yield* chunks;
    } catch (error) {
      throw storeProblem(error);
    } finally {
      running--;
    }
  };
  const answer = (query: ExportQuery, ending: string, write: (pages: AsyncIterable<ExportPage>) => Chunks) => {
    requireSelection(query);
    const streams = select(query);
    const from = query.from === undefined ? 0 : Math.max(0, Date.parse(query.from));
    // No reading is accepted that is further ahead, so a far end is no reason to look there.
    const to = Math.min(query.to === undefined ? Infinity : Date.parse(query.to), now() + dayMs);
    if (query.from !== undefined && query.to !== undefined && Date.parse(query.from) >= Date.parse(query.to)) {
      throw badQuery("to", "must be later than `from`");
    }
    const { resolution, quality } = query;
    const pages = exportPages(reader, { streams, from, to, resolution, quality });
    const headers = { "Content-Disposition": `attachment; filename="${fileName(query)}.${ending}"` };
    return new Reply("", { headers, stream: counted(write(pages)) });
  };
  return {
    exportCsv: ({ query }) =>
      answer(query, "csv", (pages) =>
        csvOf(pages, kindOf(query), query.bom === "true", createCityIso(services.timezone)),
      ),
    exportNdjson: ({ query }) => answer(query, "ndjson", (pages) => ndjsonOf(pages, createCityIso(services.timezone))),
    exportParquet: ({ query }) => answer(query, "parquet", (pages) => parquetOf(pages, kindOf(query))),
  };
}

/** What was selected, so that several downloads are told apart; only letters, digits and hyphens reach the header. */
function fileName({ datastream, station, kind, property, area }: ExportQuery): string {
  const named = [datastream?.length === 1 ? datastream : [], station, kind, area, property].flat();
  const words = named.filter((one) => one !== undefined).map((one) => one.replace(/[^A-Za-z0-9_]+/g, "-"));
  return ["observations", ...words].join("-").slice(0, 120);
}

function kindOf({ resolution }: ExportQuery): ExportPage["kind"] {
  return resolution === "raw" ? "raw" : "buckets";
}

function tooManyExports(): ProblemError {
  const detail = `${mostExports} exports are running already; try again in 10 s.`;
  return new ProblemError(429, "busy", detail, { headers: { "Retry-After": "10" } });
}
