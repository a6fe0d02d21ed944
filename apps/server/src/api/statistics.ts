import type { Frame, frameQuery, StatisticItem } from "@ioc/contracts";
import type { z } from "zod";
import { ViewError, type StatisticsEngine } from "@ioc/statistics";
import type { ResultStore } from "@ioc/statistics/store";
import { frameCsv, frameFileName, type CsvLook } from "./frame-csv.ts";
import type { Handlers } from "./handlers.ts";
import { Reply } from "./handlers.ts";
import { folded, pageOf, pageOfPart } from "./page.ts";
import { notFound, unfit } from "./problem.ts";
import type { Pictures } from "../web/pictures.ts";
import { readyBytes } from "./ready-body.ts";
import { viewProblem } from "./view-problem.ts";

type FrameQuery = z.output<typeof frameQuery>;

interface StatisticServices {
  engine: Pick<StatisticsEngine, "list" | "get" | "frame">;
  pictures: Pick<Pictures, "draw" | "png">;
  /** Name of an area or station for people. */
  nameOf: CsvLook["nameOf"];
  iso: CsvLook["iso"];
  results: Pick<ResultStore, "list">;
  /** City time. */
  now(): number;
}

type StatisticOperations =
  | "listStatistics"
  | "getStatistic"
  | "getStatisticData"
  | "getStatisticCsv"
  | "getStatisticSvg"
  | "getStatisticPng"
  | "listStatisticResults";

/** A picture may be a minute old. */
const pictureHeaders = { "Cache-Control": "public, max-age=60" };
/** Nothing was measured before. */
const earliest = Date.UTC(2000, 0, 1);
/** A clock that asks may be a little ahead. */
const aheadMs = 60_000;

export function statisticHandlers(services: StatisticServices): Pick<Handlers, StatisticOperations> {
  const itemOf = (id: string | undefined): StatisticItem => {
    const item = services.engine.get(id ?? "");
    if (!item) throw notFound(`There is no statistic ${id}.`);
    return item;
  };
  const frameFor = async (item: StatisticItem, { group, subject, at }: FrameQuery): Promise<Frame> => {
    const now = services.now();
    const view = { group, subject, ...(at === undefined ? {} : { at: instantOf(at, now) }) };
    try {
      return await services.engine.frame(item.id, view, now);
    } catch (error) {
      throw error instanceof ViewError ? viewProblem(error, "query") : error;
    }
  };
  return {
    listStatistics({ query, url }) {
      const wanted = query.q === undefined ? "" : folded(query.q.trim());
      const found = services.engine
        .list()
        .filter(
          (one) =>
            (query.domain === undefined || one.domain === query.domain) &&
            folded(`${one.id} ${one.name.vi} ${one.name.en}`).includes(wanted),
        );
      return pageOf(found, query, url);
    },
    getStatistic: ({ params }) => itemOf(params["id"]),
    getStatisticData: ({ params, query }) => frameFor(itemOf(params["id"]), query),
    async getStatisticCsv({ params, query }) {
      const item = itemOf(params["id"]);
      const frame = await frameFor(item, query);
      const look = { lang: query.lang, nameOf: services.nameOf, iso: services.iso };
      const name = frameFileName(item, frame, look);
      const headers = { "Content-Disposition": `attachment; filename="${name}"` };
      return new Reply(frameCsv(item, frame, look), { headers });
    },
    async getStatisticSvg({ params, query }) {
      const item = itemOf(params["id"]);
      const picture = services.pictures.draw(item, await frameFor(item, query), query);
      return new Reply(picture, { headers: pictureHeaders });
    },
    async getStatisticPng({ params, query }) {
      const item = itemOf(params["id"]);
      const picture = await services.pictures.png(item, await frameFor(item, query), query);
      return new Reply("", { headers: pictureHeaders, ready: readyBytes(picture) });
    },
    async listStatisticResults({ params, query, url }) {
      const { id } = itemOf(params["id"]);
      const { from, to, limit, offset } = query;
      const ms = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
      const span = { from: ms(from), to: ms(to) };
      const { items, total } = await services.results.list(id, { ...span, limit, offset });
      return pageOfPart(items, total, query, url);
    },
  };
}

/** @throws {ProblemError} 400 when it lies in the future, or before there was anything to measure with */
function instantOf(at: string, now: number): number {
  const time = Date.parse(at);
  if (time > now + aheadMs) throw unfit("query", "at", "must not be later than the time in the city");
  if (!(time >= earliest)) throw unfit("query", "at", "must not be before 2000");
  return time;
}
