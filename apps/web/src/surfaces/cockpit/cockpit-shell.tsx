import { useEffect } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { cityQuery, simulationQuery, summaryQuery } from "../../data/index.ts";
import { LiveProvider, useTopic } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import {
  AsOf,
  CardBoundary,
  ConnectionBanner,
  ConnectionChip,
  DisplayMenu,
  LangSwitch,
  ModeFrame,
  PaceWords,
  SimulatedWord,
} from "../../ui/controls/index.ts";
import { AreasCard, AttentionCard, NetworkCard, StatusLine } from "./cards.tsx";
import { FiguresCard } from "./figures-card.tsx";
import styles from "./cockpit.module.css";

/** Is the city normal, what needs attention, how do the figures stand: for a laptop and a phone. */
export function CockpitShell() {
  useEffect(() => {
    const root = document.documentElement;
    const before = root.dataset["density"];
    root.dataset["density"] = "comfortable";
    return () => {
      root.dataset["density"] = before;
    };
  }, []);
  return (
    <LiveProvider flushesPerSecond={1}>
      <Cockpit />
    </LiveProvider>
  );
}

function Cockpit() {
  const { t } = useTranslation("cockpit");
  const { t: common } = useTranslation();
  const lang = useLang();
  useTopic("summary");
  const { data: city } = useQuery(cityQuery());
  const { data: summary } = useQuery(summaryQuery());
  const { data: simulation } = useQuery(simulationQuery());
  return (
    <ModeFrame active={simulation != null}>
      <div className={styles.page}>
        <a className="skip-link" href="#main">
          {common("skip")}
        </a>
        <header className={styles.header}>
          <h1>
            {t("title")} {city ? <span className={styles.city}>{city.name[lang]}</span> : null}
          </h1>
          {simulation ? (
            <>
              <SimulatedWord />
              <PaceWords simulation={simulation} />
            </>
          ) : null}
          <AsOf time={summary?.dataTime} />
          <ConnectionChip />
          <span className={styles.switches}>
            <LangSwitch />
            <DisplayMenu />
          </span>
        </header>
        <ConnectionBanner dataTime={summary?.dataTime ?? null} />
        <main id="main" className={styles.main} tabIndex={-1}>
          <StatusLine />
          <div className={styles.columns}>
            <CardBoundary>
              <AttentionCard />
            </CardBoundary>
            <div>
              <CardBoundary>
                <AreasCard />
              </CardBoundary>
              <CardBoundary>
                <NetworkCard />
              </CardBoundary>
            </div>
          </div>
          <CardBoundary>
            <FiguresCard />
          </CardBoundary>
        </main>
      </div>
    </ModeFrame>
  );
}
