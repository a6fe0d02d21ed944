import type { Frame, StatisticItem } from "@ioc/contracts";
import { ViewError, type StatisticsEngine, type ViewRequest } from "@ioc/statistics";
import { frameCsv } from "./frame-csv.ts";
import type { Handlers } from "./handlers.ts";
import { Reply } from "./handlers.ts";
import { folded, pageOf } from "./page.ts";
import { notFound, ProblemError } from "./problem.ts";

interface StatisticServices {
  engine: Pick<StatisticsEngine, "list" | "get" | "frame">;
  /** Picture of a frame; the same picture is drawn once. */
  picture(
    item: StatisticItem,
    frame: Frame,
    look: { w: number; lang: "vi" | "en"; theme: "light" | "dark" | "wall" },
  ): string;
  /** Name of an area or station for people. */
  nameOf(id: string, lang: "vi" | "en"): string;
  now(): number;
}

type StatisticOperations =
  | "listStatistics"
  | "getStatistic"
  | "getStatisticData"
  | "getStatisticCsv"
  | "getStatisticSvg";

export function statisticHandlers(services: StatisticServices): Pick<Handlers, StatisticOperations> {
  const itemOf = (id: string | undefined): StatisticItem => {
    const item = services.engine.get(id ?? "");
    if (!item) throw notFound(`There is no statistic ${id}.`);
    return item;
  };
  const frameFor = async (item: StatisticItem, view: ViewRequest): Promise<Frame> => {
    try {
      return await services.engine.frame(item.id, view, services.now());
    } catch (error) {
      throw error instanceof ViewError ? problemOf(error) : error;
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
      const csv = frameCsv(item, await frameFor(item, query), query.lang, services.nameOf);
      return new Reply(csv, { headers: { "Content-Disposition": `attachment; filename="${item.id}.csv"` } });
    },
    async getStatisticSvg({ params, query }) {
      const item = itemOf(params["id"]);
      const picture = services.picture(item, await frameFor(item, query), query);
      return new Reply(picture, { headers: { "Cache-Control": "public, max-age=60" } });
    },
  };
}

function problemOf(error: ViewError): ProblemError {
  if (error.reason === "unknown-statistic") return notFound(error.message);
  const path = error.reason === "bad-group" ? "query.group" : "query.subject";
  return new ProblemError(400, "invalid-request", "The query does not fit.", {
    errors: [{ path, message: error.message }],
  });
}
