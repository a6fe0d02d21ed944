export { areaLevel, areaScheme, area, centre } from "./area.ts";
export type { Area, AreaLevel, AreaScheme, Centre } from "./area.ts";
export {
  alertOutcome,
  backtest,
  backtestAlert,
  backtestAnswer,
  backtestRequest,
  probabilityScore,
  verifiedWarning,
  warningScores,
  warningVerification,
} from "./backtest.ts";
export type {
  AlertOutcome,
  Backtest,
  BacktestAlert,
  BacktestAnswer,
  ProbabilityScore,
  VerifiedWarning,
  WarningScores,
  WarningVerification,
} from "./backtest.ts";
export { calendarOf } from "./calendar.ts";
export type { LocalCalendar } from "./calendar.ts";
export { createCityIso } from "./city-iso.ts";
export { agency, city, domain, health, scenario, simulation, summary } from "./city.ts";
export type { Agency, City, Domain, Health, Scenario, Simulation, Summary } from "./city.ts";
export { isoTime, lang, listOf, localizedText, pageQuery, problem, severity, slug } from "./common.ts";
export type { Lang, List, LocalizedText, Problem } from "./common.ts";
export { severities, severityRank } from "./severity.ts";
export type { Severity } from "./severity.ts";
export { durationMs } from "./duration.ts";
export { subjectId, subjectParts } from "./subject.ts";
export { endpoint } from "./endpoint.ts";
export type { Endpoint, Method } from "./endpoint.ts";
export type { Network } from "./network.ts";
export { endpoints } from "./endpoints.ts";
export type { Endpoints } from "./endpoints.ts";
export {
  classification,
  columnType,
  columnTypes,
  datasetColumn,
  datasetDefinition,
  datasetItem,
  rowBatch,
  rowReceipt,
  rowRefusals,
} from "./dataset.ts";
export type {
  Classification,
  ColumnType,
  DatasetColumn,
  DatasetDefinition,
  DatasetItem,
  RowReceipt,
  RowRefusal,
} from "./dataset.ts";
export {
  channel,
  channels,
  contact,
  incident,
  incidentMember,
  ladderTarget,
  notice,
  noticeGrouping,
  noticeReason,
  noticeRoutes,
  noticeState,
  pushSubscription,
  route,
  shift,
  weekdays,
} from "./notification.ts";
export type {
  Channel,
  ChannelItem,
  Contact,
  Hours,
  Incident,
  IncidentMember,
  LadderTarget,
  Notice,
  NoticeGrouping,
  NoticePlan,
  NoticeReason,
  NoticeRoutes,
  NoticeState,
  PushSubscription,
  Route,
  Shift,
} from "./notification.ts";
export {
  fewestForecastCases,
  forecastDefinition,
  forecastFan,
  forecastItem,
  forecastSkill,
  forecastSubject,
  riverRouting,
} from "./forecast.ts";
export type {
  ForecastDefinition,
  ForecastFan,
  ForecastItem,
  ForecastRegressor,
  MeasuredRegressor,
  ForecastSkill,
  ForecastSubject,
} from "./forecast.ts";
export { regressionDefinition } from "./regression.ts";
export type { RegressionDefinition } from "./regression.ts";
export { familyOf, liveVersion, subscribeRequest, topic, topicPattern } from "./live.ts";
export type {
  ClientToServer,
  LiveFrame,
  LiveHello,
  LivePayloads,
  ServerToClient,
  SubscribeAnswer,
  SubscribeRequest,
  Topic,
  TopicFamily,
} from "./live.ts";
export {
  historyQuery,
  itemOutcome,
  observationBatch,
  observationInput,
  observationSeries,
  quarantineEntry,
  quarantineReason,
  quarantineReasons,
  receipt,
  reduction,
  resolution,
} from "./observation.ts";
export type {
  ItemOutcome,
  ObservationInputJson,
  ObservationSeries,
  QuarantineEntry,
  QuarantineReason,
  Receipt,
  Reduction,
  Resolution,
} from "./observation.ts";
export type { PushReceipt, SensorCommunityMessage } from "./push.ts";
export { mostDatastreams } from "./series.ts";
export type { AggregateAnswer, ExportQuery, LatestColumns, Selection } from "./series.ts";
export {
  datastream,
  datastreamId,
  latestValue,
  observedProperty,
  qualityFlag,
  station,
  stationItem,
  stationKind,
  stationState,
  stationStatus,
  valueKind,
} from "./station.ts";
export type {
  Datastream,
  LatestValue,
  ObservedProperty,
  QualityFlag,
  Station,
  StationItem,
  StationKind,
  StationState,
  StationStatus,
  ValueKind,
} from "./station.ts";
export { chartKinds } from "./chart-kinds.ts";
export type { ChartKind } from "./chart-kinds.ts";
export {
  basis,
  board,
  boardCard,
  cell,
  chartKind,
  chartSpec,
  frame,
  frameColumn,
  frameQuery,
  frameStatus,
  grouping,
  imageQuery,
  operatorItem,
  statisticCheck,
  statisticDefinition,
  statisticInput,
  statisticItem,
  statisticPreview,
  statisticResult,
  statisticSeed,
  statisticVersion,
  threshold,
} from "./statistic.ts";
export type {
  Basis,
  Board,
  BoardCard,
  Cell,
  ChartSpec,
  Frame,
  FrameColumn,
  Grouping,
  OperatorItem,
  StatisticCheck,
  StatisticDefinition,
  StatisticInput,
  StatisticItem,
  StatisticPreview,
  StatisticResult,
  StatisticSeed,
  StatisticVersion,
  Threshold,
} from "./statistic.ts";
export { alertMatcher, emergencyLevel, suppression, suppressionPreview, suppressionRule } from "./suppression.ts";
export type {
  AlertMatcher,
  ConfirmationReason,
  Suppression,
  SuppressionPreview,
  SuppressionRule,
} from "./suppression.ts";
export { explanation } from "./explanation.ts";
export type { Explanation, ExpressionTruth, Verdict } from "./explanation.ts";
export { propertyStorage, systemDetail, systemReport } from "./system.ts";
export type { PropertyStorage, SystemDetail, SystemReport } from "./system.ts";
export {
  alertAction,
  alertHandling,
  alertResolution,
  alertWork,
  bulkAcknowledge,
  bulkOutcome,
  suppressedBy,
  suppressionKind,
} from "./alert-work.ts";
export type {
  AlertAction,
  AlertEventDetail,
  AlertHandling,
  AlertResolution,
  AlertWork,
  BulkOutcome,
  SuppressedBy,
  SuppressionKind,
} from "./alert-work.ts";
export {
  alert,
  alertCondition,
  alertEvent,
  alertEvidence,
  levelScale,
  ruleKind,
  ruleKinds,
  warningDefinition,
  warningItem,
  warningLevel,
} from "./warning.ts";
export type {
  Alert,
  AlertEvent,
  AlertEvidence,
  LevelScale,
  RuleKind,
  SubjectType,
  WarningDefinition,
  WarningItem,
  WarningLevel,
} from "./warning.ts";
export { drill, drillExpectation, drillReport, drillState, drillVerdict } from "./drill.ts";
export type { Drill, DrillExpectation, DrillReport, DrillState, DrillVerdict } from "./drill.ts";
export { machineActors, unnamedActor } from "./actors.ts";
export { role, roleGrant, roles } from "./account.ts";
export type { Role, RoleGrant } from "./account.ts";
export { sessionItem, sessionState } from "./session-endpoints.ts";
export type { SessionItem, SessionState } from "./session-endpoints.ts";
