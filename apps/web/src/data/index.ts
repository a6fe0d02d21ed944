export { alertEventsQuery, alertQuery, alertsQuery } from "./alerts.ts";
export { areaShapesQuery, areasQuery } from "./areas.ts";
export { basemapQuery, cityQuery, simulationQuery, summaryQuery } from "./city.ts";
export { observationsQuery } from "./observations.ts";
export { kindsQuery, stationQuery, stationsQuery } from "./stations.ts";
export { statisticDataQuery, statisticFileUrl, statisticQuery, statisticsQuery } from "./statistics.ts";
export type { StatisticView } from "./statistics.ts";
export { systemReportQuery } from "./system.ts";
export { warningQuery, warningsQuery } from "./warnings.ts";
