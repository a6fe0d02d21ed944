import { z } from "zod";
import { listOf, pageQuery } from "./common.ts";
import { drill, drillReport } from "./drill.ts";
import { endpoint } from "./endpoint.ts";

/** Exercises: scenarios played in a city of their own, apart from everything real. */
export const drillEndpoints = {
  listDrills: endpoint({
    method: "get",
    path: "/drills",
    tag: "drills",
    summary: "Drills, newest first",
    query: pageQuery,
    response: listOf(drill),
  }),
  getDrill: endpoint({
    method: "get",
    path: "/drills/{id}",
    tag: "drills",
    summary: "A drill with the alerts it raised and what was expected of it",
    response: drillReport,
  }),
  startDrill: endpoint({
    method: "post",
    path: "/drills",
    tag: "drills",
    summary: "Play a scenario as an exercise; one plays at a time",
    body: z.object({ scenario: z.string().max(60) }),
    response: drill,
    status: 201,
    key: true,
  }),
  stopDrill: endpoint({
    method: "post",
    path: "/drills/{id}/stop",
    tag: "drills",
    summary: "End a drill that plays",
    response: drill,
    key: true,
  }),
} as const;
