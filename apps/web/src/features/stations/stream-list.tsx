import { useTranslation } from "react-i18next";
import type { Datastream } from "@ioc/contracts";
import { formatAge } from "@ioc/charts/time";
import { useCityNow, useLatest } from "../../data/live/index.ts";
import { capitalised, useLang } from "../../texts/index.ts";
import { QualityMark, StateChip, Value } from "../../ui/controls/index.ts";
import { streamState } from "./stream-state.ts";
import styles from "./stations.module.css";

interface Props {
  streams: readonly Datastream[];
  /** Datastream whose chart is shown. */
  shown: string | null;
  /** @param property id of the property to show */
  onShow: (property: string) => void;
}

/** Everything a station measures, with value, age and quality; what only technicians need is folded away. */
export function StreamList({ streams, shown, onShow }: Props) {
  const { t } = useTranslation("stations");
  const plain = streams.filter((stream) => !stream.property.technical);
  const technical = streams.filter((stream) => stream.property.technical);
  return (
    <section aria-label={t("streams")}>
      <h3 className={styles.title}>{t("streams")}</h3>
      <ul className={styles.streams}>
        {plain.map((stream) => (
          <StreamRow key={stream.id} stream={stream} shown={stream.id === shown} onShow={onShow} />
        ))}
      </ul>
      {technical.length > 0 ? (
        <details className={styles.technical}>
          <summary>{t("technical")}</summary>
          <ul className={styles.streams}>
            {technical.map((stream) => (
              <StreamRow key={stream.id} stream={stream} shown={stream.id === shown} onShow={onShow} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function StreamRow({
  stream,
  shown,
  onShow,
}: {
  stream: Datastream;
  shown: boolean;
  onShow: (property: string) => void;
}) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const live = useLatest(stream.id);
  const now = useCityNow(10_000);
  const latest = live ?? stream.latest;
  const state = streamState(latest, stream.periodSeconds, now);
  const { property } = stream;
  return (
    <li>
      <button type="button" className={styles.stream} aria-pressed={shown} onClick={() => onShow(stream.property.id)}>
        <span className={styles.streamName}>{capitalised(property.name[lang])}</span>
        <Value value={latest?.result} unit={property.unit} decimals={property.decimals} state={state} />
        <span className={styles.streamMeta}>
          {latest && now !== null ? (
            <span>{formatAge(latest.phenomenonTime, Math.max(now, latest.phenomenonTime), lang)}</span>
          ) : null}
          {state === "normal" || state === "doubtful" ? null : <StateChip state={state} />}
          {latest && (latest.quality !== 1 || latest.reasons.length > 0) ? (
            <QualityMark flag={latest.quality} reasons={latest.reasons} />
          ) : null}
        </span>
        <span className="visually-hidden">{shown ? t("chartShown") : t("showChart")}</span>
      </button>
    </li>
  );
}
