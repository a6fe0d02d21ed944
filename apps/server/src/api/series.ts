import type { Network } from "@ioc/contracts";
import type { AggregateFunction, ChangeLog, DatastreamSpec } from "@ioc/observations";
import type { ObservationReader, ObservationWriter } from "@ioc/observations";
import { storeProblem } from "./gate.ts";
import type { Handlers } from "./handlers.ts";
import { pageOfPart } from "./page.ts";
import { notFound, ProblemError } from "./problem.ts";
import { bucketOf } from "./series-bucket.ts";
import { latestHandler } from "./series-latest.ts";
import { readingsHandler } from "./series-readings.ts";
import {
  badQuery,
  createStreamSelector,
  limitStreams,
  requireSelection,
  spanOf,
  unanswered,
} from "./series-selection.ts";

interface SeriesServices {
  reader: ObservationReader;
  writer: Pick<ObservationWriter, "remove">;
  changes: ChangeLog;
  network: Network;
  specs: readonly DatastreamSpec[];
}

type SeriesOperations = "getAggregates" | "getLatest" | "getReadings" | "listCorrections" | "postRemovals";

/** Questions about the readings of many datastreams, and the removal of readings. */
export function seriesHandlers(services: SeriesServices): Pick<Handlers, SeriesOperations> {
  const { reader, writer, network, specs } = services;
  const select = createStreamSelector(network, specs);
  const known = new Set(specs.map((spec) => spec.id));
  return {
    async getAggregates({ query }) {
      requireSelection(query);
      const streams = select(query);
      limitStreams(streams);
      const { from, to } = spanOf(query.from, query.to);
      const units = new Set(streams.map((stream) => stream.unit));
      if (query.across === "all" && units.size > 1) {
        throw badQuery(
          "across",
          `readings in ${[...units].join(", ")} cannot be taken together; narrow to one property`,
        );
      }
      const unitOf = new Map(streams.map((stream) => [stream.id, stream.unit]));
      const request = {
        datastreams: [...unitOf.keys()],
        from,
        to,
        bucket: bucketOf(query.bucket),
        functions: [...new Set(query.functions)] as AggregateFunction[],
        across: query.across,
      };
      const { time, exact, series } = await reader.aggregate(request).catch(unanswered);
      const unit = streams[0]?.unit ?? "";
      const named = series.map(({ datastream, values }) => ({
        datastream,
        unit: unitOf.get(datastream) ?? unit,
        values: Object.fromEntries(request.functions.map((name) => [name, values[name] ?? []])),
      }));
      return { from, to, bucket: query.bucket, time, exact, series: named };
    },
    getLatest: latestHandler(reader, services.changes, select),
    getReadings: readingsHandler(reader, select),
    async listCorrections({ query, url }) {
      if (query.datastream !== undefined && !known.has(query.datastream)) {
        throw notFound(`There is no datastream ${query.datastream}.`);
      }
      const { items, total } = await reader.corrections(query).catch(unanswered);
      return pageOfPart(items, total, query, url);
    },
    async postRemovals({ body }) {
      const spans = body.spans.map(({ datastream, from, to }, i) => {
        if (!known.has(datastream)) throw badSpan(i, "datastream", `there is no datastream ${datastream}`);
        const span = { datastream, from: Date.parse(from), to: Date.parse(to) };
        if (span.from >= span.to) throw badSpan(i, "to", "must be later than `from`");
        return span;
      });
      try {
        return await writer.remove(spans, "http", body.reason);
      } catch (error) {
        throw storeProblem(error);
      }
    },
  };
}

function badSpan(index: number, field: string, message: string): ProblemError {
  return new ProblemError(400, "invalid-request", "The body does not fit.", {
    errors: [{ path: `body.spans.${index}.${field}`, message }],
  });
}
