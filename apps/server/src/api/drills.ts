import type { Drills } from "../drills/drills.ts";
import type { Handlers } from "./handlers.ts";
import { pageOf } from "./page.ts";
import { notFound } from "./problem.ts";

export function drillHandlers(drills: Drills): Pick<Handlers, "listDrills" | "getDrill" | "startDrill" | "stopDrill"> {
  const reportOf = (id = "") => {
    const report = drills.get(id);
    if (!report) throw notFound(`There is no drill ${id}.`);
    return report;
  };
  return {
    listDrills: ({ query, url }) => pageOf(drills.list(), query, url),
    getDrill: ({ params }) => reportOf(params["id"]),
    startDrill: ({ body }) => drills.start(body.scenario),
    stopDrill: ({ params }) => drills.stop(reportOf(params["id"]).id),
  };
}
