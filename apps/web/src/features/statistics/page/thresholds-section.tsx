import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { formatLimit } from "@ioc/charts/format";
import { withUnit } from "@ioc/charts/units";
import { useLang } from "../../../texts/index.ts";
import { BasisTag, DataTable } from "../../../ui/controls/index.ts";
import { TargetMark, useTargetText } from "../target-line.tsx";
import { useNames } from "../use-names.ts";
import styles from "./page.module.css";

/** Target and thresholds with whose they are. Nothing when there are none. */
export function ThresholdsSection({ item, frame }: { item: StatisticItem; frame: Frame }) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const nameOf = useNames();
  const targetText = useTargetText();
  const { target } = frame;
  const compared = target?.of === undefined ? null : frame.figures.find((figure) => figure.id === target.of);
  const rows = [
    ...(target
      ? [
          {
            id: "target",
            name: compared ? `${t("target")}: ${compared.name[lang]}` : t("target"),
            value: targetText(target, frame),
            basis: target.basis,
            source: target.source,
            met: frame.targetMet,
          },
        ]
      : []),
    ...frame.thresholds.map((each) => ({
      id: `${each.id} ${each.station ?? ""}`,
      name: each.station === undefined ? each.name[lang] : `${each.name[lang]}, ${nameOf(each.station)}`,
      value: withUnit(formatLimit(each.value, lang, frame.decimals), item.unit, lang),
      basis: each.basis,
      source: each.source,
      met: null,
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="thresholds-title">
      <h2 id="thresholds-title">{t("thresholds")}</h2>
      <DataTable
        caption={t("tableOf", { name: t("thresholds") })}
        hideCaption
        rows={rows}
        rowKey={(row) => row.id}
        pageSize={12}
        columns={[
          { id: "name", header: t("thresholdName"), rowHeader: true, render: (row) => row.name },
          {
            id: "value",
            header: t("thresholdValue"),
            numeric: true,
            render: (row) => (
              <>
                {row.value} <TargetMark met={row.met} />
              </>
            ),
          },
          {
            id: "basis",
            header: t("thresholdBasis"),
            render: (row) => <BasisTag basis={row.basis} source={row.source} />,
          },
          { id: "source", header: t("thresholdSource"), render: (row) => row.source },
        ]}
      />
    </section>
  );
}
