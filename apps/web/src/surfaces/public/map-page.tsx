import { useTranslation } from "react-i18next";
import { severityRank } from "@ioc/contracts/severity";
import type { StationItem, Summary } from "@ioc/contracts";
import { SeverityBadge } from "../../ui/controls/index.ts";
import { MapPicture, StationStates } from "./home-page.tsx";
import { usePage } from "./model.ts";
import styles from "./public.module.css";

/** The map: a picture and a list first; the script puts the interactive map in their place. */
export function MapPage({ summary, stations }: { summary: Summary; stations: readonly StationItem[] }) {
  const { t } = useTranslation("public");
  const { lang } = usePage();
  const alerted = stations
    .filter((station) => station.status.severity !== null)
    .toSorted((a, b) => severityRank(b.status.severity) - severityRank(a.status.severity));
  return (
    <>
      <h1>{t("mapTitle")}</h1>
      <div id="interactive-map" className={styles.interactiveMap}>
        <MapPicture summary={summary} alerts={alerted.length} />
      </div>
      <section aria-labelledby="alerted-title" id="alerted" data-live>
        <h2 id="alerted-title">{t("mapList")}</h2>
        {alerted.length === 0 ? <p>{t("mapListEmpty")}</p> : null}
        <ul className={styles.plainList}>
          {alerted.map((station) => (
            <li key={station.id}>
              {station.status.severity ? <SeverityBadge severity={station.status.severity} size={24} /> : null}{" "}
              {station.name[lang]}
            </li>
          ))}
        </ul>
        <h2>{t("stationsByState")}</h2>
        <StationStates summary={summary} />
      </section>
    </>
  );
}
