import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Alert } from "@ioc/contracts";
import { kindsQuery, stationQuery } from "../../data/index.ts";
import { HistoryChart } from "../../features/stations/index.ts";

/** The last day of the datastream that the alert was tested on, when it is about one station. */
export function AlertChart({ alert }: { alert: Alert }) {
  const datastream = alert.evidence.readings[0]?.datastream ?? null;
  const stationId = datastream?.split(":")[0] ?? null;
  const station = useQuery({ ...stationQuery(stationId ?? ""), enabled: stationId !== null });
  const kinds = useQuery(kindsQuery());
  const stream = useMemo(() => station.data?.streams.find((one) => one.id === datastream), [station.data, datastream]);
  if (!stream) return null;
  return (
    <HistoryChart stream={stream} stationKind={kinds.data?.items.find((kind) => kind.id === station.data?.kind)} />
  );
}
