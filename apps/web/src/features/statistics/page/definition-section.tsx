import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StatisticItem } from "@ioc/contracts";
import { formatShare } from "@ioc/charts/format";
import { formatDuration, formatIsoDuration } from "@ioc/charts/time";
import { unitText } from "@ioc/charts/units";
import { operatorsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import styles from "./page.module.css";

/** How a statistic is worked out, in plain words; step by step for who wants to know. */
export function DefinitionSection({ item, steps }: { item: StatisticItem; steps: boolean }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const unit = unitText(item.unit, lang);
  const rows: [string, string][] = [
    [t("question"), item.question[lang]],
    [t("measures"), item.measures[lang]],
    [t("howComputed"), item.method[lang]],
    ...(item.formula ? [[t("formula"), item.formula] as [string, string]] : []),
    [t("unit"), unit === "" ? t("noUnit") : unit],
    [t("window"), formatIsoDuration(item.window, lang)],
    [t("completeness"), t("completenessText", { share: formatShare(item.completeness, lang) })],
    [t("rollUp"), t(`rollUps.${item.rollUp}`)],
    [t("refresh"), t("refreshEvery", { period: formatDuration(item.refreshSeconds * 1000, lang) })],
    [t("audience"), item.audience.map((one) => t(`facetValue.audience.${one}`)).join(", ")],
    [t("source"), item.source[lang]],
    [t("version"), item.custom ? t("versionOwn", { version: item.version }) : String(item.version)],
  ];
  return (
    <section className={styles.section} aria-labelledby="definition-title">
      <h2 id="definition-title">{t("definition")}</h2>
      <dl className={styles.definition}>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={name === t("formula") ? styles.formula : undefined}>{text}</dd>
          </div>
        ))}
      </dl>
      {steps ? (
        <details className={styles.fold}>
          <summary>{t("steps.title", { count: item.pipeline.length })}</summary>
          <Steps item={item} />
        </details>
      ) : null}
    </section>
  );
}

function Steps({ item }: { item: StatisticItem }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const operators = useQuery(operatorsQuery()).data?.items;
  return (
    <ol className={styles.steps}>
      {item.pipeline.map((step, index) => {
        const { op, ...parameters } = step;
        const operator = operators?.find((one) => one.op === op);
        return (
          // Steps of one pipeline may be equal; their place tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            <p>
              <code>{op}</code> {operator?.doc[lang]}
            </p>
            {Object.keys(parameters).length > 0 ? (
              <pre aria-label={t("steps.parameters", { op })}>{JSON.stringify(parameters, null, 1)}</pre>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
