export {
  useCityNow,
  useConnection,
  useLatest,
  useLiveAlerts,
  useStationStatus,
  useStationStatuses,
  useTopic,
} from "./hooks.ts";
export { useOpenAlerts, useStationsNow } from "./with-requests.ts";
export { LiveProvider, useLive } from "./live-provider.tsx";
export type { ConnectionPhase, ConnectionState } from "./connection.ts";
