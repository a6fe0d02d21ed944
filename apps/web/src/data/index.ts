export { acknowledgeAlerts, actOnAlert, alertEventsQuery, alertQuery, alertsQuery } from "./alerts.ts";
export { areaShapesQuery, areasQuery } from "./areas.ts";
export { boardQuery, boardsQuery, deleteBoard, saveBoard } from "./boards.ts";
export { basemapQuery, cityQuery, simulationQuery, summaryQuery } from "./city.ts";
export { datasetsQuery } from "./datasets.ts";
export { drillQuery, drillsQuery, isPlaying, scenariosQuery, startDrill, stopDrill } from "./drills.ts";
export {
  centresQuery,
  channelsQuery,
  incidentQuery,
  incidentsQuery,
  noticeRoutesQuery,
  noticesQuery,
  retryNotice,
  savePushSubscription,
  testChannel,
} from "./notifications.ts";
export { forecastQuery, forecastsQuery } from "./forecasts.ts";
export { observationsQuery } from "./observations.ts";
export { operatorsQuery } from "./operators.ts";
export { kindsQuery, stationQuery, stationsQuery } from "./stations.ts";
export {
  previewStatistic,
  saveStatistic,
  statisticDataQuery,
  statisticFileUrl,
  statisticQuery,
  statisticResultsQuery,
  statisticVersionsQuery,
  statisticsQuery,
  takeBackStatistic,
} from "./statistics.ts";
export type { StatisticView } from "./statistics.ts";
export { endSuppression, previewSuppression, saveSuppression, suppressionsQuery } from "./suppressions.ts";
export type { SuppressionDraft } from "./suppressions.ts";
export { systemReportQuery } from "./system.ts";
export {
  backtestWarning,
  explanationQuery,
  warningQuery,
  warningVerificationQuery,
  warningsQuery,
} from "./warnings.ts";
