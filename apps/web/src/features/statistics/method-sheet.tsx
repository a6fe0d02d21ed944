import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { formatLimit, formatShare } from "@ioc/charts/format";
import { formatDateTime, formatDuration, formatIsoDuration } from "@ioc/charts/time";
import { unitText, withUnit } from "@ioc/charts/units";
import { kindsQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { BasisTag, DataTable } from "../../ui/controls/index.ts";
import styles from "./statistics.module.css";

/** How a statistic is worked out: measure, formula in words, input, unit, window, thresholds with their basis, source. */
export function MethodSheet({ item, frame }: { item: StatisticItem; frame: Frame | undefined }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const unit = unitText(item.unit, lang);
  return (
    <div className={styles.method}>
      <dl>
        <dt>{t("measures")}</dt>
        <dd>{item.measures[lang]}</dd>
        <dt>{t("howComputed")}</dt>
        <dd>{item.method[lang]}</dd>
        <dt>{t("inputs")}</dt>
        <dd>
          <Inputs item={item} />
        </dd>
        <dt>{t("unit")}</dt>
        <dd>{unit === "" ? t("noUnit") : unit}</dd>
        <dt>{t("window")}</dt>
        <dd>{formatIsoDuration(item.window, lang)}</dd>
        <dt>{t("completeness")}</dt>
        <dd>{t("completenessText", { share: formatShare(item.completeness, lang) })}</dd>
        <dt>{t("rollUp")}</dt>
        <dd>{t(`rollUps.${item.rollUp}`)}</dd>
        <dt>{t("refresh")}</dt>
        <dd>{t("refreshEvery", { period: formatDuration(item.refreshSeconds * 1000, lang) })}</dd>
        <dt>{t("source")}</dt>
        <dd>{item.source[lang]}</dd>
        <dt>{t("version")}</dt>
        <dd>{item.version}</dd>
        {frame ? (
          <>
            <dt>{t("computed")}</dt>
            <dd>{formatDateTime(frame.computedAt, lang, { seconds: true })}</dd>
          </>
        ) : null}
      </dl>
      {frame ? <Thresholds frame={frame} /> : null}
      {frame?.status === "error" && frame.error ? <p>{t("failedDetail", { message: frame.error })}</p> : null}
    </div>
  );
}

function Inputs({ item }: { item: StatisticItem }) {
  const lang = useLang();
  const kinds = useQuery(kindsQuery()).data?.items;
  return (
    <ul>
      {item.input.map((input) => {
        const kind = kinds?.find((one) => one.id === input.kind);
        const names = input.properties.map(
          (id) => kind?.properties.find((property) => property.id === id)?.name[lang] ?? id,
        );
        return (
          <li key={`${input.kind} ${input.properties.join(" ")}`}>
            {kind?.name[lang] ?? input.kind}: {names.join(", ")}
          </li>
        );
      })}
    </ul>
  );
}

function Thresholds({ frame }: { frame: Frame }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const sign = frame.target?.op === "<=" ? "≤" : "≥";
  const rows = [
    ...frame.thresholds.map((each) => ({
      id: `${each.id} ${each.station ?? ""}`,
      name: each.name[lang],
      value: withUnit(formatLimit(each.value, lang, frame.decimals), frame.unit, lang),
      basis: each.basis,
      source: each.source,
    })),
    ...(frame.target
      ? [
          {
            id: "target",
            name: t("target"),
            value: `${sign}\u00a0${withUnit(formatLimit(frame.target.value, lang, frame.decimals), frame.unit, lang)}`,
            basis: frame.target.basis,
            source: frame.target.source,
          },
        ]
      : []),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      caption={t("thresholds")}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { id: "name", header: t("thresholdName"), rowHeader: true, render: (row) => row.name },
        { id: "value", header: t("thresholdValue"), numeric: true, render: (row) => row.value },
        {
          id: "basis",
          header: t("thresholdBasis"),
          render: (row) => <BasisTag basis={row.basis} source={row.source} />,
        },
        { id: "source", header: t("thresholdSource"), render: (row) => row.source },
      ]}
    />
  );
}
