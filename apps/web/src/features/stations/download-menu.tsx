import { useId, useState } from "react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Datastream, ObservationSeries } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { exportFormats, exportUrl } from "../../data/observations.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { rowCounts } from "./series-words.ts";
import styles from "./history.module.css";

interface Props {
  stream: Datastream;
  /** What is shown: its span and resolution are those of the files. */
  series: ObservationSeries;
}

/** Files of the span that is shown: this quantity or the whole station, as it is shown or reading by reading. Plain links. */
export function DownloadMenu({ stream, series }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const name = useId();
  const [whole, setWhole] = useState(false);
  const [readings, setReadings] = useState(false);
  const { property, station } = stream;
  const raw = readings || series.resolution === "raw";
  const resolution = raw ? "raw" : series.resolution;
  const rows = whole ? null : rowCounts(series)[raw ? "readings" : "shown"];
  const { from, to } = series;
  const subject = whole ? { station } : { datastream: stream.id };
  const closeOnEscape = (event: KeyboardEvent<HTMLDetailsElement>) => {
    if (event.key !== "Escape" || !event.currentTarget.open) return;
    event.stopPropagation();
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary")?.focus();
  };
  const choice = (group: string, checked: boolean, choose: () => void, label: string) => (
    <label key={label}>
      <input type="radio" name={`${name}-${group}`} checked={checked} onChange={choose} /> {label}
    </label>
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes what the summary opened
    <details className={styles.download} onKeyDown={closeOnEscape}>
      <summary>
        <Icon name="download" size={16} /> {t("download.title")}
      </summary>
      <div className={styles.menu}>
        <fieldset>
          <legend>{t("download.of")}</legend>
          {choice("of", !whole, () => setWhole(false), capitalised(property.name[lang]))}
          {choice("of", whole, () => setWhole(true), t("download.station"))}
        </fieldset>
        {series.resolution === "raw" ? null : (
          <fieldset>
            <legend>{t("download.rows")}</legend>
            {choice("rows", !readings, () => setReadings(false), t(`download.bucket.${series.resolution}`))}
            {choice("rows", readings, () => setReadings(true), t("download.reading"))}
          </fieldset>
        )}
        <p className={styles.menuNote}>
          {rows === null
            ? t("download.unknown")
            : t("download.count", { count: rows, rows: formatNumber(rows, lang, 0) })}
        </p>
        <ul className={styles.files}>
          {exportFormats.map((format) => (
            <li key={format}>
              <a href={exportUrl(format, { ...subject, from, to, resolution })} download>
                {t(`download.format.${format}`)}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
