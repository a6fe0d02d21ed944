import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Alert, StationItem } from "@ioc/contracts";
import type { Severity } from "@ioc/contracts/severity";
import { useOpenAlerts, useStationsNow } from "../../data/live/index.ts";
import { CityMap, StationList, stationsInView } from "../../features/map/index.ts";
import { StationPanel } from "../../features/stations/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, CardBoundary, ErrorState, SeverityBadge, Skeleton } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import type { Box } from "../../ui/map/index.ts";
import { usePreferences } from "../../ui/preferences.ts";
import { FilterBar } from "./filter-bar.tsx";
import { usePlaceNames } from "./place-names.ts";
import type { ConsoleSearch } from "./search.ts";
import { useConsoleSearch } from "./use-console-search.ts";
import styles from "./console.module.css";

/** The map with the list of the stations in view, and the chosen station beside it. */
export function MapPage() {
  const { t } = useTranslation("map");
  const lang = useLang();
  const { stationId = null } = useParams({ strict: false });
  const [search, patch] = useConsoleSearch();
  const navigate = useNavigate();
  const theme = usePreferences((state) => state.theme);
  const stations = useStationsNow();
  const alerts = useOpenAlerts().items ?? [];
  const { byId, scheme } = usePlaceNames();
  const [view, setView] = useState<Box | null>(null);

  const ancestors = useMemo(() => areaAndBelow(byId, search.area), [byId, search.area]);
  const shown = useMemo(
    () => (stations.items ?? []).filter((one) => fits(one, search, scheme, ancestors) || one.id === stationId),
    [stations.items, search, scheme, ancestors, stationId],
  );
  const inView = useMemo(() => stationsInView(shown, view, lang), [shown, view, lang]);
  const counts = useMemo(() => countStations(stations.items ?? []), [stations.items]);
  const chosen = stations.items?.find((one) => one.id === stationId);
  const chosenId = chosen?.id;
  const focus = useMemo(() => {
    if (chosen) return { lon: chosen.lon, lat: chosen.lat };
    const box = byId.get(search.area ?? "")?.box;
    return box ? { box } : null;
    // The camera follows the choice, not every reading.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosenId, search.area, byId]);

  const select = (id: string) =>
    void navigate({ to: "/console/stations/$stationId", params: { stationId: id }, search: true });
  const close = () => void navigate({ to: "/console/map", search: true });

  return (
    <div className={styles.mapPage} data-detail={stationId !== null || undefined}>
      <h1 className="visually-hidden">{t("title")}</h1>
      <section className={styles.listColumn} aria-label={t("inView")}>
        <FilterBar fields={["kind", "state"]} counts={counts} />
        <p className={styles.listNote}>{t("inViewCount", { shown: inView.length, total: shown.length })}</p>
        <div className={styles.listBody}>
          {stations.items ? (
            <StationList stations={inView} selected={stationId} onSelect={select} />
          ) : stations.error ? (
            <ErrorState problem={stations.error} retry={stations.retry} />
          ) : (
            <Skeleton height="100%" />
          )}
        </div>
      </section>
      <div className={styles.mapColumn}>
        <CardBoundary>
          <CityMap
            stations={shown}
            alerts={alerts}
            theme={theme}
            selected={stationId}
            chosenArea={search.area ?? null}
            focus={focus}
            onView={setView}
            onSelect={select}
            onArea={(area) => patch({ area: area === search.area ? undefined : area })}
          />
        </CardBoundary>
      </div>
      {stationId === null ? null : (
        <aside className={styles.detailColumn} aria-label={t("station")}>
          <div className={styles.detailBar}>
            <Button kind="quiet" onClick={close} aria-label={t("close")}>
              <Icon name="close" />
            </Button>
          </div>
          <CardBoundary key={stationId}>
            <StationPanel
              id={stationId}
              view={search}
              onView={patch}
              alerts={<StationAlerts alerts={alerts} station={stationId} />}
            />
          </CardBoundary>
        </aside>
      )}
    </div>
  );
}

function StationAlerts({ alerts, station }: { alerts: readonly Alert[]; station: string }) {
  const lang = useLang();
  const own = alerts.filter(
    (one) => one.subject.type === "station" && one.subject.id === station && one.condition !== "cleared",
  );
  if (own.length === 0) return null;
  return (
    <ul className={styles.ownAlerts}>
      {own.map((one) => (
        <li key={one.id}>
          <SeverityBadge severity={one.severity} size={20} hollow={one.condition === "pending"} />
          <Link to="/console/alerts/$alertId" params={{ alertId: one.id }}>
            {one.headline[lang]}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The area and every unit below it; null: no area chosen. */
function areaAndBelow(
  areas: ReadonlyMap<string, { id: string; parent: string | null }>,
  area: string | undefined,
): Set<string> | null {
  if (!area) return null;
  const found = new Set([area]);
  for (let grown = true; grown;) {
    grown = false;
    for (const one of areas.values()) {
      if (one.parent === null || found.has(one.id) || !found.has(one.parent)) continue;
      found.add(one.id);
      grown = true;
    }
  }
  return found;
}

function fits(station: StationItem, search: ConsoleSearch, scheme: string, areas: Set<string> | null): boolean {
  const { status } = station;
  return (
    (!search.kind || station.kind === search.kind) &&
    (!search.state || status.state === search.state) &&
    (!search.severity || (status.severity !== null && search.severity.includes(status.severity))) &&
    (areas === null || areas.has(station.areas[scheme] ?? ""))
  );
}

function countStations(stations: readonly StationItem[]): Record<Severity, number> {
  const counts = { Minor: 0, Moderate: 0, Severe: 0, Extreme: 0 };
  for (const { status } of stations) if (status.severity) counts[status.severity]++;
  return counts;
}
