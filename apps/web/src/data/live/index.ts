export {
  useCityNow,
  useConnection,
  useLatest,
  useLiveAlerts,
  useStationStatus,
  useStationStatuses,
  useTopic,
} from "./hooks.ts";
export { LiveProvider, useLive } from "./live-provider.tsx";
export type { ConnectionPhase, ConnectionState } from "./connection.ts";
