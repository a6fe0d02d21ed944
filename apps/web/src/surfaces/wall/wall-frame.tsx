import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDate, formatTime } from "@ioc/charts/time";
import { cityQuery, simulationQuery, summaryQuery } from "../../data/index.ts";
import { useCityNow, useTopic } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import {
  AsOf,
  ConnectionBanner,
  ConnectionChip,
  ModeFrame,
  PaceWords,
  SimulatedWord,
} from "../../ui/controls/index.ts";
import styles from "./wall.module.css";

/** Header with city, scene and clock; footer with connection, age of the data and how the city is played. */
export function WallFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation("wall");
  const lang = useLang();
  useTopic("summary");
  const { data: city } = useQuery(cityQuery());
  const { data: summary } = useQuery(summaryQuery());
  const { data: simulation } = useQuery(simulationQuery());
  const now = useCityNow(1_000);
  return (
    <ModeFrame active={simulation != null}>
      <div className={styles.frame}>
        <header className={styles.header}>
          <h1>
            {t("centre")} {city ? <span className={styles.city}>{city.name[lang]}</span> : null}
          </h1>
          <p>{t("scene")}</p>
          <p className={styles.clock}>
            {now === null ? "" : `${formatTime(now, { seconds: true })} · ${formatDate(now, lang)}`}
          </p>
        </header>
        <main className={styles.main}>{children}</main>
        <ConnectionBanner dataTime={summary?.dataTime ?? null} />
        <footer className={styles.footer}>
          <ConnectionChip />
          <AsOf time={summary?.dataTime} intervalMs={1_000} />
          {simulation ? (
            <span className={styles.mode}>
              <SimulatedWord /> <PaceWords simulation={simulation} />
            </span>
          ) : null}
          <a className={styles.back} href="/console">
            {t("back")}
          </a>
        </footer>
      </div>
    </ModeFrame>
  );
}
