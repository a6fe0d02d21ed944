import { z } from "zod";
import { alertEndpoints } from "./alert-endpoints.ts";
import { area, centre } from "./area.ts";
import { city, health, scenario, simulation, summary } from "./city.ts";
import { listOf, pageQuery } from "./common.ts";
import { drillEndpoints } from "./drill-endpoints.ts";
import { endpoint } from "./endpoint.ts";
import { notificationEndpoints } from "./notification-endpoints.ts";
import { observationEndpoints } from "./observation-endpoints.ts";
import { datasetEndpoints } from "./dataset-endpoints.ts";
import { forecastEndpoints } from "./forecast-endpoints.ts";
import { sessionEndpoints } from "./session-endpoints.ts";
import { statisticEndpoints } from "./statistic-endpoints.ts";
import { datastream, stationItem, stationKind, stationState } from "./station.ts";
import { suppressionEndpoints } from "./suppression-endpoints.ts";
import { systemDetail, systemReport } from "./system.ts";
import { warningItem } from "./warning.ts";
import { warningEndpoints } from "./warning-endpoints.ts";

/** GeoJSON is passed through as it is in the pack; only its outer shape is promised. */
const featureCollection = z.looseObject({
  type: z.literal("FeatureCollection"),
  features: z.array(z.looseObject({ type: z.literal("Feature") })),
});

/** Every route of the own REST API. The key is the operation id. */
export const endpoints = {
  getHealth: endpoint({
    method: "get",
    path: "/health",
    tag: "system",
    summary: "Liveness, with the state of each part",
    response: health,
  }),
  getReady: endpoint({
    method: "get",
    path: "/ready",
    tag: "system",
    summary: "200 when requests can be served, else 503",
    response: health,
  }),
  getSystemReport: endpoint({
    method: "get",
    path: "/system",
    tag: "system",
    summary: "How the system itself is: intake, quarantine, storage, slow reads",
    response: systemReport,
  }),
  getSystemDetail: endpoint({
    method: "get",
    path: "/system/detail",
    tag: "system",
    summary: "Slow reads one by one and who sends what ends in quarantine",
    response: systemDetail,
    key: true,
  }),
  getCity: endpoint({
    method: "get",
    path: "/city",
    tag: "city",
    summary: "The city, its time and how it is played",
    response: city,
  }),
  getSummary: endpoint({
    method: "get",
    path: "/summary",
    tag: "city",
    summary: "Counts of stations by state and of open alerts",
    response: summary,
  }),
  listAreas: endpoint({
    method: "get",
    path: "/areas",
    tag: "city",
    summary: "Administrative units of a scheme",
    query: pageQuery.extend({ scheme: z.string().optional(), level: z.string().optional() }),
    response: listOf(area),
  }),
  getAreaShapes: endpoint({
    method: "get",
    path: "/areas/shapes",
    tag: "city",
    summary: "Shapes of the units as GeoJSON (WGS 84); `approximate` on each feature says whose they are",
    query: z.object({ scheme: z.string().optional() }),
    response: featureCollection,
    produces: "application/geo+json",
  }),
  getBasemap: endpoint({
    method: "get",
    path: "/basemap",
    tag: "city",
    summary: "Own offline basemap as GeoJSON; `layer` on each feature: land, water, river, road, place",
    response: featureCollection,
    produces: "application/geo+json",
  }),
  listCentres: endpoint({
    method: "get",
    path: "/centres",
    tag: "city",
    summary: "Operations centres",
    query: pageQuery,
    response: listOf(centre),
  }),
  listKinds: endpoint({
    method: "get",
    path: "/kinds",
    tag: "stations",
    summary: "Station kinds and what they observe",
    query: pageQuery,
    response: listOf(stationKind),
  }),
  listStations: endpoint({
    method: "get",
    path: "/stations",
    tag: "stations",
    summary: "Stations with their state; `scheme` narrows to those that the scheme sees",
    query: pageQuery.extend({
      kind: z.string().optional(),
      area: z.string().optional(),
      scheme: z.string().optional(),
      state: stationState.optional(),
      q: z.string().max(100).optional(),
    }),
    response: listOf(stationItem),
  }),
  getStation: endpoint({
    method: "get",
    path: "/stations/{id}",
    tag: "stations",
    summary: "One station with its datastreams and newest values",
    response: stationItem.extend({ streams: z.array(datastream) }),
  }),
  listDatastreams: endpoint({
    method: "get",
    path: "/datastreams",
    tag: "stations",
    summary: "Datastreams with their newest value",
    query: pageQuery.extend({
      station: z.string().optional(),
      kind: z.string().optional(),
      property: z.string().optional(),
    }),
    response: listOf(datastream),
  }),
  ...sessionEndpoints,
  ...observationEndpoints,
  ...statisticEndpoints,
  ...datasetEndpoints,
  ...forecastEndpoints,
  listWarnings: endpoint({
    method: "get",
    path: "/warnings",
    tag: "warnings",
    summary: "Warning definitions with their state",
    query: pageQuery.extend({ domain: z.string().optional() }),
    response: listOf(warningItem),
  }),
  ...warningEndpoints,
  getWarning: endpoint({
    method: "get",
    path: "/warnings/{id}",
    tag: "warnings",
    summary: "One warning definition",
    response: warningItem,
  }),
  ...notificationEndpoints,
  ...alertEndpoints,
  ...suppressionEndpoints,
  getSimulation: endpoint({
    method: "get",
    path: "/simulation",
    tag: "simulation",
    summary: "How the city is played",
    response: simulation.nullable(),
  }),
  listScenarios: endpoint({
    method: "get",
    path: "/simulation/scenarios",
    tag: "simulation",
    summary: "Scenarios that can be started",
    response: listOf(scenario),
  }),
  startScenario: endpoint({
    method: "post",
    path: "/simulation/scenario",
    tag: "simulation",
    summary: "Start a scenario, or end the running one with `id: null`",
    body: z.object({ id: z.string().max(60).nullable() }),
    response: simulation,
    key: true,
  }),
  ...drillEndpoints,
} as const;
export type Endpoints = typeof endpoints;
