import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Datastream, LocalizedText, Threshold } from "@ioc/contracts";
import { capitalised, useLang } from "../../texts/index.ts";
import { HistoryBody } from "./history-body.tsx";
import { lastDay } from "./span.ts";
import { useHistory } from "./use-history.ts";
import { usePoints } from "./use-points.ts";
import styles from "./history.module.css";

interface Props {
  stream: Datastream;
  /** Name of the station, where the chart does not stand below it. */
  name?: LocalizedText | undefined;
  thresholds?: readonly Threshold[];
}

/** The last 24 hours of one datastream, live, as a chart and as a table. */
export function HistoryChart({ stream, ...rest }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const place = useRef<HTMLElement>(null);
  const points = usePoints(place);
  const history = useHistory({ stream, span: lastDay, points });
  const name = capitalised(stream.property.name[lang]);
  const title = t("titleOf", { name, span: t("span.ending.24h") });
  return (
    <section className={styles.history} ref={place}>
      <h3>{title}</h3>
      <HistoryBody stream={stream} history={history} title={title} {...rest} />
    </section>
  );
}
