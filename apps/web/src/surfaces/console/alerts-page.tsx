import { useMemo, useState } from "react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, StationItem } from "@ioc/contracts";
import { severityRank } from "@ioc/contracts/severity";
import { alertQuery, alertsQuery } from "../../data/index.ts";
import { useOpenAlerts, useStationsNow } from "../../data/live/index.ts";
import {
  AlertList,
  AlertPanel,
  AlertTools,
  WorkDialog,
  compareAlerts,
  compareCleared,
  countBySeverity,
  filterAlerts,
  useAct,
} from "../../features/alerts/index.ts";
import type { AskedDeed, WorkCommand } from "../../features/alerts/index.ts";
import { AlertIncident } from "../../features/incidents/index.ts";
import { CityMap } from "../../features/map/index.ts";
import { Button, CardBoundary, ErrorState, Skeleton, Tabs, say } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import type { Box } from "../../ui/map/index.ts";
import { usePreferences } from "../../ui/preferences.ts";
import { AlertChart } from "./alert-chart.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { noFilters } from "./search.ts";
import { usePlaceNames } from "./place-names.ts";
import { useConsoleSearch } from "./use-console-search.ts";
import styles from "./console.module.css";

const incidentLink = (incidentId: string, text: string) => (
  <Link to="/console/incidents/$incidentId" params={{ incidentId }}>
    {text}
  </Link>
);

/** Alerts beside the map; a chosen alert opens beside both and stays chosen while the list changes. */
export function AlertsPage() {
  const { t } = useTranslation("alerts");
  const { alertId = null } = useParams({ strict: false });
  const [search, patch] = useConsoleSearch();
  const navigate = useNavigate();
  const { act, acknowledgeAll, keyDialog } = useAct();
  const [asked, setAsked] = useState<{ alert: Alert; deed: AskedDeed } | null>(null);
  const open = useOpenAlerts();
  const cleared = useQuery({ ...alertsQuery({ state: "cleared", limit: 500 }), enabled: search.view === "cleared" });
  const { narrowest, scheme } = usePlaceNames();

  const source = search.view === "cleared" ? cleared.data?.items : open.items;
  const listed = useMemo(
    () => (source ?? []).filter((one) => search.view === "cleared" || one.condition !== "cleared"),
    [source, search.view],
  );
  const shown = useMemo(
    () => filterAlerts(listed, scheme, search).toSorted(search.view === "cleared" ? compareCleared : compareAlerts),
    [listed, scheme, search],
  );
  const hidden = listed.filter(
    (one) => !shown.includes(one) && (one.severity === "Severe" || one.severity === "Extreme"),
  ).length;
  const counts = useMemo(() => countBySeverity(listed), [listed]);
  const chosen = (open.items ?? []).find((one) => one.id === alertId) ?? null;

  const openAlert = (id: string) =>
    void navigate({ to: "/console/alerts/$alertId", params: { alertId: id }, search: true, replace: alertId !== null });
  const close = () => void navigate({ to: "/console", search: true });
  const work = (alert: Alert, command: WorkCommand) => {
    if (command === "acknowledge") void act(alert, { action: "acknowledge" });
    else setAsked({ alert, deed: command });
  };
  const filtered = shown.length < listed.length;
  const error = search.view === "cleared" ? cleared.error : open.error;

  return (
    <div className={styles.alertsPage} data-detail={alertId !== null || undefined}>
      <h1 className="visually-hidden">{t("title")}</h1>
      <section className={styles.listColumn} aria-label={t("list")}>
        <Tabs
          id="alerts"
          label={t("views")}
          value={search.view ?? "open"}
          onChange={(view) => patch({ view: view === "cleared" ? view : undefined })}
          tabs={[
            {
              id: "open",
              label: t("viewOpen", { count: (open.items ?? []).filter((one) => one.condition !== "cleared").length }),
            },
            { id: "cleared", label: t("viewCleared") },
          ]}
        />
        <FilterBar fields={["domain", "work", "told"]} counts={counts} />
        <AlertTools
          alerts={shown}
          onAcknowledge={acknowledgeAll}
          suppressions={
            <Link to="/console/suppressions" search={{}}>
              <Icon name="bell-off" size={16} /> {t("suppressed.link")}
            </Link>
          }
        />
        {hidden > 0 ? <p className={styles.hiddenStrip}>{t("hidden", { count: hidden })}</p> : null}
        <div
          className={styles.listBody}
          id="alerts-panel"
          role="tabpanel"
          aria-labelledby={`alerts-tab-${search.view ?? "open"}`}
        >
          {source ? (
            <AlertList
              alerts={shown}
              areaName={narrowest}
              selected={alertId}
              onOpen={openAlert}
              onClose={close}
              onWork={work}
              clearFilters={filtered ? () => patch(noFilters) : undefined}
              {...(search.view === "cleared" ? { empty: t("emptyCleared") } : {})}
            />
          ) : error ? (
            <ErrorState problem={error} retry={open.retry} />
          ) : (
            <Skeleton height="100%" />
          )}
        </div>
      </section>
      <div className={styles.mapColumn}>
        <CardBoundary>
          <AlertsMap alerts={open.items ?? []} chosen={chosen} />
        </CardBoundary>
      </div>
      {asked ? (
        <WorkDialog
          alert={asked.alert}
          asked={asked.deed}
          onClose={() => setAsked(null)}
          onDeed={(deed) => act(asked.alert, deed)}
        />
      ) : null}
      {keyDialog}
      {alertId === null ? null : (
        <aside className={styles.detailColumn} aria-label={t("detail")}>
          <CardBoundary key={alertId}>
            <AlertDetail id={alertId} live={chosen} onClose={close} />
          </CardBoundary>
        </aside>
      )}
    </div>
  );
}

function AlertDetail({ id, live, onClose }: { id: string; live: Alert | null; onClose: () => void }) {
  const { t } = useTranslation("alerts");
  const { t: common } = useTranslation();
  const query = useQuery({ ...alertQuery(id), enabled: live === null });
  const { whole } = usePlaceNames();
  const alert = live ?? query.data;
  const copy = async () => {
    await navigator.clipboard.writeText(location.href);
    say(common("copied"));
  };
  return (
    <>
      <div className={styles.detailBar}>
        <Button kind="quiet" onClick={() => void copy()}>
          <Icon name="link" />
          {common("copyLink")}
        </Button>
        <Button kind="quiet" onClick={onClose} aria-label={common("close")} title={`${common("close")} (Esc)`}>
          <Icon name="close" />
        </Button>
      </div>
      {alert ? (
        <AlertPanel
          alert={alert}
          place={whole(alert)}
          chart={<AlertChart alert={alert} />}
          links={
            <>
              <AlertIncident alert={alert.id} link={incidentLink} />
              {alert.subject.type === "station" ? (
                <p>
                  <Link to="/console/stations/$stationId" params={{ stationId: alert.subject.id }}>
                    {t("toStation")}
                  </Link>
                </p>
              ) : null}
            </>
          }
        />
      ) : query.isError ? (
        <ErrorState problem={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={400} />
      )}
    </>
  );
}

function AlertsMap({ alerts, chosen }: { alerts: readonly Alert[]; chosen: Alert | null }) {
  const theme = usePreferences((state) => state.theme);
  const stations = useStationsNow().items;
  const navigate = useNavigate();
  const { byId, scheme } = usePlaceNames();
  const [search, patch] = useConsoleSearch();
  const chosenId = chosen?.id ?? null;
  const station = stations?.find((one) => chosen?.subject.type === "station" && one.id === chosen.subject.id);
  const grave = useGraveBox(stations);
  const focus = useMemo(
    () => {
      if (station) return { lon: station.lon, lat: station.lat };
      const box = byId.get(chosen?.areas[scheme]?.[0] ?? search.area ?? "")?.box;
      return box ? { box } : grave;
    },
    // The camera follows the choice, not every reading.
    // oxlint-disable-next-line react/exhaustive-deps
    [chosenId, station?.id, search.area, byId, scheme, grave],
  );
  return (
    <CityMap
      stations={stations ?? []}
      alerts={alerts}
      theme={theme}
      selected={station?.id ?? null}
      chosenArea={search.area ?? null}
      focus={focus}
      onArea={(area) => patch({ area: area === search.area ? undefined : area })}
      onSelect={(id) => void navigate({ to: "/console/stations/$stationId", params: { stationId: id }, search: true })}
    />
  );
}

/** Where the map looks at first: around the stations with Severe or Extreme alerts, when there are any at the start. */
function useGraveBox(stations: readonly StationItem[] | undefined): { box: Box } | null {
  const [box, setBox] = useState<{ box: Box } | null | undefined>();
  if (box === undefined && stations) {
    const grave = stations.filter(({ status }) => severityRank(status.severity) >= 3);
    const lats = grave.map(({ lat }) => lat);
    const lons = grave.map(({ lon }) => lon);
    const margin = 0.02;
    setBox(
      grave.length === 0
        ? null
        : {
            box: [
              Math.min(...lats) - margin,
              Math.min(...lons) - margin,
              Math.max(...lats) + margin,
              Math.max(...lons) + margin,
            ],
          },
    );
  }
  return box ?? null;
}
