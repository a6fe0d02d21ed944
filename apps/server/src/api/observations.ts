import type { ObservationReader } from "@ioc/observations";
import type { Intake } from "../intake.ts";
import { parseItems, type ParsedBatch } from "../sources/http-json.ts";
import type { StationBoard } from "../stations/board.ts";
import { storeProblem } from "./gate.ts";
import type { Handlers } from "./handlers.ts";
import { pageOfPart } from "./page.ts";
import { notFound } from "./problem.ts";
import { spanOf, unanswered } from "./series-selection.ts";

interface ObservationServices {
  intake: Intake;
  reader: ObservationReader;
  board: StationBoard;
}

type ObservationOperations = "getObservations" | "postObservations" | "listQuarantine";

export function observationHandlers(services: ObservationServices): Pick<Handlers, ObservationOperations> {
  const { intake, reader, board } = services;
  return {
    async postObservations({ body }) {
      const { observations, unparsable = [] } = body;
      const { inputs, refused } = await parsedInSlices(observations);
      for (const [i, one] of unparsable.entries()) refused.push({ index: observations.length + i, ...one });
      try {
        return await intake.receive(inputs, "http", refused);
      } catch (error) {
        throw storeProblem(error);
      }
    },
    async getObservations({ query }) {
      // Datastreams that others have made are known to the store alone.
      const known = board.datastream(query.datastream) ?? (await reader.profile([query.datastream]))[0];
      if (!known) throw notFound(`There is no datastream ${query.datastream}.`);
      const { datastream, resolution, points, reduce } = query;
      const span = spanOf(query.from, query.to);
      return reader.history({ datastream, ...span, resolution, points, reduce }).catch(unanswered);
    },
    async listQuarantine({ query, url }) {
      const found = await reader.quarantined({ reason: query.reason, limit: query.limit, offset: query.offset });
      return { ...pageOfPart(found.items, found.total, query, url), byReason: found.byReason };
    },
  };
}

/** Items that are read before other work gets a turn. */
const sliceLength = 5000;

async function parsedInSlices(items: readonly unknown[]): Promise<ParsedBatch> {
  if (items.length <= sliceLength) return parseItems(items);
  const all: ParsedBatch = { inputs: [], refused: [] };
  for (let first = 0; first < items.length; first += sliceLength) {
    const { inputs, refused } = parseItems(items.slice(first, first + sliceLength), first);
    for (const input of inputs) all.inputs.push(input);
    for (const one of refused) all.refused.push(one);
    await new Promise<void>((done) => setImmediate(done));
  }
  return all;
}
