import type { ObservationReader, PageQuery } from "@ioc/observations";
import type { Handlers } from "./handlers.ts";
import {
  badQuery,
  limitStreams,
  requireSelection,
  spanOf,
  unanswered,
  type StreamSelector,
} from "./series-selection.ts";

/** Before and behind every phenomenonTime that is accepted. */
const always = { from: "1970-01-01T00:00:00Z", to: "9999-12-31T23:59:59Z" };

/** Readings one by one, in pages that go on behind the last reading of the page before. */
export function readingsHandler(reader: ObservationReader, select: StreamSelector): Handlers["getReadings"] {
  return async ({ query, url }) => {
    requireSelection(query);
    const streams = select(query);
    limitStreams(streams);
    const { from, to } = spanOf(query.from ?? always.from, query.to ?? always.to);
    const ids = streams.map((stream) => stream.id);
    const after = query.cursor === undefined ? undefined : placeOf(query.cursor, ids);
    const { order, limit } = query;
    // One more than asked tells whether there is a next page.
    const validOnly = query.quality === "valid";
    const question = { datastreams: ids, from, to, order, after, limit: limit + 1, validOnly };
    const found = await reader.page(question).catch(unanswered);
    const items = found.slice(0, limit).map((one) => ({ ...one, reasons: [...one.reasons] }));
    const last = items.at(-1);
    return found.length > limit && last ? { items, next: addressBehind(url, last) } : { items };
  };
}

type Place = NonNullable<PageQuery["after"]>;

function addressBehind(url: string, { phenomenonTime, datastream }: Place): string {
  const [path, search = ""] = url.split("?", 2);
  const parameters = new URLSearchParams(search);
  parameters.set("cursor", Buffer.from(JSON.stringify([phenomenonTime, datastream])).toString("base64url"));
  return `${path}?${parameters}`;
}

function placeOf(cursor: string, ids: readonly string[]): Place {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    place = null;
  }
  if (Array.isArray(place) && place.length === 2) {
    const [phenomenonTime, datastream] = place as unknown[];
    if (Number.isFinite(phenomenonTime) && typeof datastream === "string" && ids.includes(datastream)) {
      return { phenomenonTime: Number(phenomenonTime), datastream };
    }
  }
  throw badQuery("cursor", "must be that of the `next` of a page with the same datastreams");
}
