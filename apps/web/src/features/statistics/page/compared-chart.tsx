import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ChartKind, Frame, StatisticItem } from "@ioc/contracts";
import { FrameTable } from "../../../ui/chart/index.ts";
import { CardFoot } from "../card-foot.tsx";
import { FrameChart, specOf } from "../frame-chart.tsx";
import { useNames } from "../use-names.ts";
import styles from "./page.module.css";

interface Props {
  item: StatisticItem;
  frame: Frame;
  kind: ChartKind;
  caption: string;
  past: boolean;
}

/** A frame that was put together here, with its table below. */
export function ComparedChart({ item, frame, kind, caption, past }: Props) {
  const { t } = useTranslation("statistics");
  const nameOf = useNames();
  const { chart, question, measures, source } = item;
  const spec = useMemo(
    () => specOf({ chart, question, measures, source }, kind),
    [chart, question, measures, source, kind],
  );
  return (
    <>
      <FrameChart spec={spec} frame={frame} nameOf={nameOf} height={420} labelledBy="statistic-title" past={past} />
      <details className={styles.fold}>
        <summary>{t("tab.table")}</summary>
        <FrameTable frame={frame} caption={t("tableOf", { name: caption })} nameOf={nameOf} />
      </details>
      <CardFoot frame={frame} item={item} full past={past} />
    </>
  );
}
