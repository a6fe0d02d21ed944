import { useEffect, useState } from "react";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { areasQuery, cityQuery, simulationQuery, summaryQuery } from "../../data/index.ts";
import { LiveProvider } from "../../data/live/index.ts";
import { AlertAnnouncer } from "../../features/alerts/index.ts";
import { NoticeAnnouncer } from "../../features/incidents/index.ts";
import type { Found } from "../../features/search/index.ts";
import { SearchDialog } from "../../features/search/index.ts";
import { KpiStrip } from "../../features/summary/index.ts";
import { useLang } from "../../texts/index.ts";
import {
  Button,
  ConnectionBanner,
  DisplayMenu,
  LangSwitch,
  ModeFrame,
  SimulatedWord,
  ToastRegion,
} from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import type { UiGlyph } from "../../ui/icons/index.ts";
import { ConsoleFooter } from "./console-footer.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import styles from "./console.module.css";

/** Frame of the operators' console: header, rail, figures, the page, and a footer with the state of the data. */
export function ConsoleShell() {
  return (
    <LiveProvider flushesPerSecond={4}>
      <div className={styles.screen}>
        <Shell />
      </div>
      <ToastRegion />
    </LiveProvider>
  );
}

function Shell() {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<"search" | "help" | null>(null);
  const simulation = useQuery(simulationQuery()).data;
  const dataTime = useQuery(summaryQuery()).data?.dataTime ?? null;
  const open = useOpenFound();
  useGlobalKeys(setDialog);
  useTitle();
  return (
    <ModeFrame active={simulation != null}>
      <div className={styles.shell}>
        <a className="skip-link" href="#main">
          {t("skip")}
        </a>
        <Header onSearch={() => setDialog("search")} onHelp={() => setDialog("help")} simulated={simulation != null} />
        <Rail />
        <AlertAnnouncer />
        <NoticeAnnouncer />
        <main id="main" className={styles.main}>
          <ConnectionBanner dataTime={dataTime} />
          <KpiStrip />
          <div className={styles.page}>
            <Outlet />
          </div>
        </main>
        <ConsoleFooter />
      </div>
      <SearchDialog open={dialog === "search"} onClose={() => setDialog(null)} onFound={open} />
      <ShortcutHelp open={dialog === "help"} onClose={() => setDialog(null)} />
    </ModeFrame>
  );
}

function Header({ onSearch, onHelp, simulated }: { onSearch: () => void; onHelp: () => void; simulated: boolean }) {
  const { t } = useTranslation("console");
  const lang = useLang();
  const city = useQuery(cityQuery()).data;
  return (
    <header className={styles.header}>
      <p className={styles.brand}>
        <span className={styles.brandName}>{t("title")}</span>
        {city ? <span className={styles.cityName}>{city.name[lang]}</span> : null}
        {simulated ? <SimulatedWord /> : null}
      </p>
      <Button kind="plain" onClick={onSearch} className={styles.searchButton ?? ""} aria-label={t("search.open")}>
        <Icon name="search" size={16} />
        <span className={styles.wide}>{t("search.open")}</span>
        <kbd className={styles.wide}>/</kbd>
      </Button>
      <LangSwitch />
      <DisplayMenu />
      <Button
        kind="quiet"
        onClick={onHelp}
        aria-label={t("help.title")}
        title={`${t("help.title")} (?)`}
        className={styles.wide ?? ""}
      >
        <Icon name="help" />
      </Button>
    </header>
  );
}

const places: {
  to:
    | "/console"
    | "/console/map"
    | "/console/statistics"
    | "/console/incidents"
    | "/console/warnings"
    | "/console/forecasts"
    | "/console/drills"
    | "/console/system";
  icon: UiGlyph;
  text: "alerts" | "map" | "statistics" | "incidents" | "warnings" | "forecasts" | "drills" | "system";
  /** A page that is reached from there and has no place of its own. */
  also?: string;
}[] = [
  { to: "/console", icon: "bell", text: "alerts", also: "/console/suppressions" },
  { to: "/console/incidents", icon: "layers", text: "incidents", also: "/console/notifications" },
  { to: "/console/map", icon: "map", text: "map" },
  { to: "/console/statistics", icon: "chart", text: "statistics" },
  { to: "/console/warnings", icon: "warning", text: "warnings" },
  { to: "/console/drills", icon: "flag", text: "drills" },
  { to: "/console/forecasts", icon: "forecast", text: "forecasts" },
  { to: "/console/system", icon: "server", text: "system" },
];

function Rail() {
  const { t } = useTranslation("console");
  const { pathname } = useLocation();
  return (
    <nav className={styles.rail} aria-label={t("rail.label")}>
      {places.map(({ to, icon, text, also }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === "/console", includeSearch: false }}
          className={`${styles.place} ${also === pathname ? "active" : ""}`}
          title={t(`rail.${text}`)}
        >
          <Icon name={icon} size={24} />
          <span className={styles.placeName}>{t(`rail.${text}`)}</span>
        </Link>
      ))}
    </nav>
  );
}

/** Where a search result leads. */
function useOpenFound(): (found: Found) => void {
  const navigate = useNavigate();
  const areas = useQuery(areasQuery()).data;
  return ({ type, id }) => {
    if (type === "alert") void navigate({ to: "/console/alerts/$alertId", params: { alertId: id } });
    if (type === "station") void navigate({ to: "/console/stations/$stationId", params: { stationId: id } });
    if (type === "area" && areas) void navigate({ to: "/console/map", search: { area: id } });
    if (type === "statistic") void navigate({ to: "/console/statistics/$statisticId", params: { statisticId: id } });
  };
}

/** Title of the browser tab: open alerts of Severe and worse first, so that a hidden tab still tells. */
function useTitle(): void {
  const { t } = useTranslation("console");
  const lang = useLang();
  const alerts = useQuery(summaryQuery()).data?.alerts;
  const city = useQuery(cityQuery()).data?.name[lang];
  const grave = alerts ? alerts.Severe + alerts.Extreme : 0;
  useEffect(() => {
    document.title = `${grave > 0 ? `(${grave}) ` : ""}${t("title")}${city ? ` · ${city}` : ""}`;
  }, [grave, city, t]);
}

function useGlobalKeys(show: (dialog: "search" | "help") => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const command = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      const editable =
        event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable], dialog");
      if (!command && (editable || event.ctrlKey || event.metaKey || event.altKey)) return;
      if (command || event.key === "/") {
        event.preventDefault();
        show("search");
      } else if (event.key === "?") show("help");
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [show]);
}
