import { useMemo } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Alert } from "@ioc/contracts";
import { kindsQuery, stationQuery, warningQuery } from "../../data/index.ts";
import { thresholdsOf } from "../../features/alerts/index.ts";
import { HistoryChart } from "../../features/stations/index.ts";

/** The last day of the datastream that the alert was tested on; of the station's main quantity when it names none. */
export function AlertChart({ alert }: { alert: Alert }) {
  const datastream = alert.evidence.readings[0]?.datastream ?? null;
  const stationId = datastream?.split(":")[0] ?? (alert.subject.type === "station" ? alert.subject.id : null);
  const station = useQuery({ ...stationQuery(stationId ?? ""), enabled: stationId !== null }).data;
  const kind = useQuery(kindsQuery()).data?.items.find((one) => one.id === station?.kind);
  const stream = useMemo(
    () =>
      station?.streams.find((one) => one.id === datastream) ??
      station?.streams.find((one) => one.property.id === kind?.primary),
    [station, kind, datastream],
  );
  const warning = useQuery(warningQuery(alert.definition)).data;
  const unit = stream?.property.unit;
  const thresholds = useMemo(() => (warning && unit ? thresholdsOf(warning, unit) : []), [warning, unit]);
  return stream ? <HistoryChart stream={stream} name={station?.name} thresholds={thresholds} /> : null;
}
