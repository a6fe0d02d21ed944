import { useTranslation } from "react-i18next";
import type { LocalizedText, ObservationSeries, ObservedProperty } from "@ioc/contracts";
import { useLang } from "../../texts/index.ts";
import { drawnSeries, pointWord } from "./series-words.ts";
import styles from "./history.module.css";

interface Props {
  series: ObservationSeries;
  kind: ObservedProperty["kind"];
  source?: LocalizedText | undefined;
}

/** What one point is, whether points were left out, what the band is, and who measured. */
export function HistoryNote({ series, kind, source }: Props) {
  const { t } = useTranslation("stations");
  const { t: common } = useTranslation();
  const lang = useLang();
  const word = t(`point.${pointWord(series.resolution, kind)}`);
  const point = series.reduction ? t("thinned", { point: word }) : t("onePoint", { point: word });
  return (
    <p className={styles.note}>
      <span data-resolution={series.resolution}>{point}</span>
      {drawnSeries(series, kind).min ? <span>{t("band")}</span> : null}
      {source ? (
        <span>
          {common("source")}: {source[lang]}
        </span>
      ) : null}
    </p>
  );
}
