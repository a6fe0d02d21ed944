import { useTranslation } from "react-i18next";
import { formatLimit, formatShare, formatValue, noValue } from "@ioc/charts/format";
import { formatAsOf, formatDateTime, formatIsoDuration, formatTimeRange } from "@ioc/charts/time";
import { formatTrend } from "@ioc/charts/trend";
import { unitText, withUnit } from "@ioc/charts/units";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { statisticFileUrl } from "../../data/statistics.ts";
import { comparedWith } from "../../features/statistics/compared-with.ts";
import { periodText } from "../../features/statistics/page/seed-period.ts";
import { readInstant } from "../../features/statistics/page/periods.ts";
import type { PageSearch } from "../../features/statistics/statistic-search.ts";
import { useWhyNone } from "../../features/statistics/value-line.tsx";
import { viewOf } from "../../features/statistics/view.ts";
import { BasisTag } from "../../ui/controls/index.ts";
import { FrameTable } from "../../ui/chart/frame-table.tsx";
import { publicUrl, usePage } from "./model.ts";
import { ThemedImage } from "./themed-image.tsx";
import styles from "./public.module.css";

interface Props {
  statistic: StatisticItem;
  frame: Frame;
  view: PageSearch;
  /** Name of a station or area. */
  nameOf: (id: string) => string;
}

/** One statistic, readable without a script: finding, picture, exact values, method. The script makes it interactive. */
export function PublicStatisticPage({ statistic, frame, view, nameOf }: Props) {
  const { t } = useTranslation("public");
  const { lang, city } = usePage();
  const unit = unitText(statistic.unit, lang);
  const domain = city.domains.find((item) => item.id === statistic.domain);
  const asked = { ...viewOf(view), ...(view.chart ? { chart: view.chart } : {}) };
  const title = frame.finding?.[lang] ?? statistic.question[lang];
  return (
    <>
      <nav className={styles.meta} aria-label={t("breadcrumb")}>
        <a href={publicUrl("/statistics", lang)}>{t("navStatistics")}</a> ›{" "}
        <a href={publicUrl(`/statistics/${statistic.domain}`, lang)}>{domain?.name[lang] ?? statistic.domain}</a>
      </nav>
      <div id="interactive-statistic" className={styles.statistic} data-statistic={statistic.id}>
        <p className={styles.meta}>{statistic.name[lang]}</p>
        <h1>{title}</h1>
        <p>
          {statistic.measures[lang]}
          {unit === "" ? "" : ` (${unit})`}
        </p>
        <Notes frame={frame} view={view} />
        <Headline frame={frame} statistic={statistic} />
        <ThemedImage
          className={styles.figure}
          eager
          source={(theme) => statisticFileUrl(statistic.id, "svg", { ...asked, lang, w: 720, theme })}
          alt={title}
          width={720}
          height={420}
        />
        <details className={styles.details}>
          <summary>{t("table")}</summary>
          <FrameTable frame={frame} caption={statistic.name[lang]} nameOf={nameOf} />
        </details>
        <Limits frame={frame} />
        <Seeds statistic={statistic} />
        <section className={styles.text}>
          <h2>{t("method")}</h2>
          <p>{statistic.method[lang]}</p>
          {statistic.formula ? <p className={styles.formula}>{statistic.formula}</p> : null}
          <p className={styles.meta}>{statistic.source[lang]}</p>
        </section>
      </div>
      <p>
        <a href={statisticFileUrl(statistic.id, "csv", { ...viewOf(view), lang })}>CSV</a> ·{" "}
        <a href={statisticFileUrl(statistic.id, "svg", { ...asked, lang, w: 1080 })}>SVG</a> ·{" "}
        <a href={statisticFileUrl(statistic.id, "png", { ...asked, lang, w: 1080 })}>PNG</a> ·{" "}
        <a href={`/api/v1/statistics/${statistic.id}/data`}>JSON</a>
      </p>
    </>
  );
}

/** What must be known before the numbers are read. */
function Notes({ frame, view }: Pick<Props, "frame" | "view">) {
  const { t } = useTranslation("statistics");
  const { lang } = usePage();
  const instant = view.at === undefined ? null : readInstant(view.at);
  return (
    <>
      {instant === null ? null : (
        <p className={styles.noteBox} role="note">
          {t("when.shown", { time: formatDateTime(instant, lang) })}
        </p>
      )}
      {frame.synthetic ? (
        <p className={styles.noteBox} role="note">
          <strong>{t("synthetic")}.</strong> {t("syntheticHint")}
        </p>
      ) : null}
    </>
  );
}

function Headline({ frame, statistic }: Pick<Props, "frame" | "statistic">) {
  const { t } = useTranslation("statistics");
  const { lang, city } = usePage();
  const against = comparedWith(statistic);
  const trend = formatTrend(frame, lang, against ? t(`against.${against}`) : undefined);
  const missing = useWhyNone()(frame);
  const rows: [string, string][] = [
    ...frame.figures.map((figure): [string, string] => [
      figure.name[lang],
      formatValue(figure.value, figure.unit, figure.decimals, lang),
    ]),
    [
      t("facts.window"),
      `${formatTimeRange(frame.window.from, frame.window.to, lang)} (${formatIsoDuration(statistic.window, lang)})`,
    ],
    [t("facts.asOf"), frame.asOf === null ? noValue : formatAsOf(frame.asOf, city.now, lang)],
    [
      t("facts.quality"),
      `${t(`quality.${frame.quality}`)} ${frame.coverage === null ? "" : t("coverageLine", { share: formatShare(frame.coverage, lang) })}`,
    ],
  ];
  return (
    <>
      {frame.value !== null && missing === null ? (
        <p className={styles.headline}>
          <strong>{formatValue(frame.value, frame.unit, frame.decimals, lang)}</strong> {trend}
        </p>
      ) : missing === null ? null : (
        <p className={styles.headline}>
          {noValue} {missing}
        </p>
      )}
      <dl className={styles.facts}>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const signs = { "<=": "≤", ">=": "≥", "<": "<" } as const;

/** Target and thresholds that hold everywhere, with whose they are. */
function Limits({ frame }: Pick<Props, "frame">) {
  const { t } = useTranslation("statistics");
  const { lang } = usePage();
  const { target } = frame;
  const general = frame.thresholds.filter((threshold) => threshold.station === undefined);
  if (!target && general.length === 0) return null;
  const limit = (value: number, unit: string): string => withUnit(formatLimit(value, lang, frame.decimals), unit, lang);
  return (
    <section className={styles.text}>
      <h2>{t("thresholds")}</h2>
      <ul className={styles.limits}>
        {target ? (
          <li>
            {t("target")}: {signs[target.op]} {limit(target.value, target.unit ?? frame.unit)}{" "}
            {frame.targetMet === null ? null : `(${t(frame.targetMet ? "targetMet" : "targetMissed")}) `}
            <BasisTag basis={target.basis} source={target.source} />
          </li>
        ) : null}
        {general.map((threshold) => (
          <li key={threshold.id}>
            {threshold.name[lang]}: {limit(threshold.value, frame.unit)}{" "}
            <BasisTag basis={threshold.basis} source={threshold.source} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Seeds({ statistic }: Pick<Props, "statistic">) {
  const { t } = useTranslation("statistics");
  const { lang } = usePage();
  if (statistic.seeds.length === 0) return null;
  return (
    <section className={styles.text}>
      <h2>{t("seeds.title")}</h2>
      <ul className={styles.limits}>
        {statistic.seeds.map((seed) => (
          <li key={`${seed.period} ${seed.value}`}>
            {periodText(seed.period, lang)}:{" "}
            {seed.value === null ? "" : formatValue(seed.value, statistic.unit, statistic.decimals, lang)}{" "}
            {seed.text?.[lang] ?? ""} <span className={styles.meta}>{seed.source[lang]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
