import { useOpenAlerts, useStationsNow } from "../../data/live/index.ts";
import { CityMap } from "../../features/map/index.ts";
import { Skeleton } from "../../ui/controls/index.ts";

/** The city from metres away: larger symbols, nothing to touch. */
export function WallMap() {
  const stations = useStationsNow();
  const alerts = useOpenAlerts();
  if (!stations.items) return <Skeleton height="100%" />;
  return (
    <CityMap stations={stations.items} alerts={alerts.items ?? []} theme="wall" interactive={false} scale={40 / 24} />
  );
}
