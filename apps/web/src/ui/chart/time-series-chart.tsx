import { useCallback, useId } from "react";
import { useTranslation } from "react-i18next";
import type { LocalizedText, ObservationSeries, ObservedProperty, Threshold } from "@ioc/contracts";
import { useLang } from "../../texts/index.ts";
import { ChartSurface } from "./chart-surface.tsx";
import type { Look } from "./chart-surface.tsx";
import type { Engine } from "./use-engine.ts";
import styles from "./chart.module.css";

interface Props {
  /** History in time order; a live reading is appended by handing in a series that has it at its end. */
  series: Pick<ObservationSeries, "datastream" | "time" | "value" | "from" | "to"> & Partial<ObservationSeries>;
  property: Pick<ObservedProperty, "name" | "unit" | "decimals" | "kind" | "periodSeconds">;
  thresholds?: readonly Threshold[];
  /** City time, ms; the end of the series unless given. */
  now?: number | null;
  height?: number;
  /** Name in front of the property, for example the station's. */
  station?: LocalizedText;
}

const none: readonly Threshold[] = [];
const noName = (id: string): string => id;

/** The history of one datastream: line, band of rollups, gaps, doubtful readings, thresholds. Redrawn without animation. */
export function TimeSeriesChart({ series, property, thresholds = none, now, height = 220, station }: Props) {
  const { t } = useTranslation("charts");
  const lang = useLang();
  const id = useId();
  const at = now ?? series.to;
  const plan = useCallback(
    (engine: Engine, look: Look) =>
      engine.timeSeriesPlan(
        {
          unit: property.unit,
          resolution: "raw",
          periodSeconds: property.periodSeconds,
          ...series,
        },
        {
          unit: property.unit,
          decimals: property.decimals,
          periodSeconds: series.periodSeconds ?? property.periodSeconds,
          thresholds,
          total: property.kind === "total",
          state: property.kind === "state",
        },
        { ...look, lang, now: at, nameOf: noName },
      ),
    [series, property, thresholds, lang, at],
  );
  const name = station ? `${station[lang]}, ${property.name[lang]}` : property.name[lang];
  return (
    <figure className={styles.figure} aria-label={name} aria-describedby={`${id}-summary`}>
      <ChartSurface plan={plan} height={height} marks={series.time.length} label={name} />
      <figcaption id={`${id}-summary`} className="visually-hidden">
        {t("history", { count: series.time.length })}
      </figcaption>
    </figure>
  );
}
