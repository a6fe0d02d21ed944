import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Datastream, LocalizedText, Resolution } from "@ioc/contracts";
import { formatDate } from "@ioc/charts/time";
import { capitalised, useLang } from "../../texts/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { DownloadMenu } from "./download-menu.tsx";
import { HistoryBody } from "./history-body.tsx";
import { pointWord } from "./series-words.ts";
import { resolutionsOf, startOfDay } from "./span.ts";
import type { Span } from "./span.ts";
import { SpanPicker } from "./span-picker.tsx";
import { patchOfSpan, spanOf } from "./station-view.ts";
import type { StationPatch, StationView } from "./station-view.ts";
import { useHistory } from "./use-history.ts";
import { usePoints } from "./use-points.ts";
import styles from "./history.module.css";

interface Props {
  stream: Datastream;
  view: StationView;
  onView: (patch: StationPatch) => void;
  /** Who measures. */
  source?: LocalizedText | undefined;
}

/** One datastream over a span the reader chooses, at the resolution that fits or is chosen, with files of what is shown. */
export function StationHistory({ stream, view, onView, source }: Props) {
  const { t } = useTranslation("stations");
  const lang = useLang();
  const place = useRef<HTMLElement>(null);
  const points = usePoints(place);
  const span = spanOf(view);
  const offered = resolutionsOf(stream.periodSeconds);
  const resolution = offered.find((one) => one === view.resolution);
  const history = useHistory({ stream, span, resolution, points });
  const name = capitalised(stream.property.name[lang]);
  const title = t("titleOf", { name, span: useSpanWords(span) });
  return (
    <section className={styles.history} ref={place}>
      <h3>{title}</h3>
      <SpanPicker span={span} onSpan={(next) => onView(patchOfSpan(next))} />
      <HistoryBody stream={stream} history={history} title={title} source={source} />
      <div className={styles.tools}>
        <label className={styles.select}>
          <span>{t("detail")}</span>
          <select
            value={resolution ?? ""}
            onChange={(event) => onView({ resolution: (event.target.value || undefined) as Resolution | undefined })}
          >
            <option value="">{t("detailAuto")}</option>
            {offered.map((one) => (
              <option key={one} value={one}>
                {t(`point.${pointWord(one, stream.property.kind)}`)}
              </option>
            ))}
          </select>
          <Icon name="chevron-down" size={16} />
        </label>
        {history.series && history.series.time.length > 0 && !history.behind ? (
          <DownloadMenu stream={stream} series={history.series} />
        ) : null}
      </div>
    </section>
  );
}

/** A span as it stands in a title: `30 ngày qua`, `01/10/2026 – 22/10/2026`. */
function useSpanWords(span: Span): string {
  const { t } = useTranslation("stations");
  const lang = useLang();
  if ("preset" in span) return t(`span.ending.${span.preset}`);
  const [from, to] = [span.fromDay, span.toDay].map((text) => formatDate(startOfDay(text) ?? 0, lang));
  return from === to ? from! : `${from} – ${to}`;
}
