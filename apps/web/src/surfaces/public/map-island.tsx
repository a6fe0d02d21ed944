import { useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatAsOf } from "@ioc/charts/time";
import { kindsQuery, warningsQuery } from "../../data/index.ts";
import { useCityNow, useOpenAlerts, useStationsNow } from "../../data/live/index.ts";
import { CityMap } from "../../features/map/index.ts";
import { useLang } from "../../texts/index.ts";
import { EmptyState, Skeleton, StateChip, Value } from "../../ui/controls/index.ts";
import { startIsland } from "./island.tsx";
import { publicAlerts, withPublicSeverity } from "./model.ts";
import styles from "./public.module.css";

/** Puts the interactive map in the place of the picture. The page's own list stays as its equivalent. */
export async function startMapIsland(place: HTMLElement): Promise<void> {
  await startIsland(place, ["map", "public"], <PublicMap />);
}

function PublicMap() {
  const [selected, setSelected] = useState<string | null>(null);
  const { items } = useStationsNow();
  const open = useOpenAlerts().items;
  const { data: definitions } = useQuery(warningsQuery());
  const alerts = useMemo(() => publicAlerts(open ?? [], definitions?.items ?? []), [open, definitions]);
  const stations = useMemo(() => items && withPublicSeverity(items, alerts), [items, alerts]);
  const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (!stations) return <Skeleton height={480} />;
  return (
    <>
      <div className={styles.mapFrame}>
        <CityMap stations={stations} alerts={alerts} theme={theme} selected={selected} onSelect={setSelected} />
      </div>
      <StationLine id={selected} />
    </>
  );
}

/** What the chosen station shows now. */
function StationLine({ id }: { id: string | null }) {
  const { t } = useTranslation("public");
  const lang = useLang();
  const now = useCityNow(10_000);
  const station = useStationsNow().items?.find((item) => item.id === id);
  const { data: kinds } = useQuery(kindsQuery());
  const kind = kinds?.items.find((item) => item.id === station?.kind);
  const property = kind?.properties.find((item) => item.id === kind.primary);
  return (
    <div className={styles.stationLine} role="status">
      {!station || !kind || !property ? (
        <EmptyState>{t("mapChoose")}</EmptyState>
      ) : (
        <>
          <h2>{station.name[lang]}</h2>
          <p>
            {kind.name[lang]} · {property.name[lang]}:{" "}
            <strong>
              <Value
                value={station.status.value}
                unit={property.unit}
                decimals={property.decimals}
                state={station.status.state}
              />
            </strong>{" "}
            · <StateChip state={station.status.state} />
          </p>
          <p className={styles.meta}>
            {station.status.time === null || now === null
              ? null
              : t("dataAt", { time: formatAsOf(station.status.time, Math.max(now, station.status.time), lang) })}
          </p>
        </>
      )}
    </div>
  );
}
