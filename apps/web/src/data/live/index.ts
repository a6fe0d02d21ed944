export {
  useCityNow,
  useConnection,
  useLatest,
  useLiveIncidents,
  useLiveNotices,
  useStationStatus,
  useTopic,
} from "./hooks.ts";
export { useOpenAlerts, useStationsNow } from "./with-requests.ts";
export { LiveProvider, useLive } from "./live-provider.tsx";
