import { useTranslation } from "react-i18next";
import { unitText } from "@ioc/charts/units";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { statisticFileUrl } from "../../data/statistics.ts";
import { BasisTag } from "../../ui/controls/index.ts";
import { FrameTable } from "../../ui/chart/frame-table.tsx";
import { publicUrl, usePage } from "./model.ts";
import { ThemedImage } from "./themed-image.tsx";
import styles from "./public.module.css";

interface Props {
  statistic: StatisticItem;
  frame: Frame;
  /** Name of a station or area. */
  nameOf: (id: string) => string;
}

/** One statistic, readable without a script: finding, picture, exact values, method. The script makes it interactive. */
export function PublicStatisticPage({ statistic, frame, nameOf }: Props) {
  const { t } = useTranslation("public");
  const { lang, city } = usePage();
  const unit = unitText(statistic.unit, lang);
  const domain = city.domains.find((item) => item.id === statistic.domain);
  return (
    <>
      <nav className={styles.meta} aria-label={t("breadcrumb")}>
        <a href={publicUrl("/statistics", lang)}>{t("navStatistics")}</a> ›{" "}
        <a href={publicUrl(`/statistics/${statistic.domain}`, lang)}>{domain?.name[lang] ?? statistic.domain}</a>
      </nav>
      <div id="interactive-statistic" data-statistic={statistic.id}>
        <p className={styles.meta}>{statistic.name[lang]}</p>
        <h1>{frame.finding?.[lang] ?? statistic.question[lang]}</h1>
        <p>
          {statistic.measures[lang]}
          {unit === "" ? "" : ` (${unit})`}
        </p>
        <ThemedImage
          className={styles.figure}
          eager
          source={(theme) => statisticFileUrl(statistic.id, "svg", { lang, w: 720, theme })}
          alt={frame.finding?.[lang] ?? statistic.question[lang]}
          width={720}
          height={420}
        />
        <details className={styles.details}>
          <summary>{t("table")}</summary>
          <FrameTable frame={frame} caption={statistic.name[lang]} nameOf={nameOf} />
        </details>
        <section className={styles.text}>
          <h2>{t("method")}</h2>
          <p>{statistic.method[lang]}</p>
          <p className={styles.meta}>{statistic.source[lang]}</p>
          <ul>
            {frame.thresholds
              .filter((threshold) => threshold.station === undefined)
              .map((threshold) => (
                <li key={threshold.id}>
                  {threshold.name[lang]}: {threshold.value.toLocaleString(lang)} {unit}{" "}
                  <BasisTag basis={threshold.basis} source={threshold.source} />
                </li>
              ))}
          </ul>
        </section>
      </div>
      <p>
        <a href={statisticFileUrl(statistic.id, "csv", { lang })}>CSV</a> ·{" "}
        <a href={statisticFileUrl(statistic.id, "svg", { lang, w: 1080 })}>SVG</a> ·{" "}
        <a href={`/api/v1/statistics/${statistic.id}/data`}>JSON</a>
      </p>
    </>
  );
}
