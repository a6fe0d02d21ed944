import { useCallback, useId } from "react";
import type { ReactNode } from "react";
import type { ChartSpec, Frame } from "@ioc/contracts";
import type { AreaShapes, Extent, Position } from "@ioc/charts";
import { useLang } from "../../texts/index.ts";
import { ChartSurface } from "./chart-surface.tsx";
import type { Look } from "./chart-surface.tsx";
import { useEngine } from "./use-engine.ts";
import type { Engine } from "./use-engine.ts";
import styles from "./chart.module.css";

interface Props {
  spec: ChartSpec;
  frame: Frame;
  /** Name of a station, area or kind in the page's language. */
  nameOf: (id: string) => string;
  /** City time, ms; the frame's own time of calculation unless given. */
  now?: number | null;
  /** px */
  height?: number;
  /** Area or station that the reader calls their own. */
  highlight?: string | null;
  /** Rings of the land under a map of points. */
  outline?: readonly (readonly Position[])[];
  /** Names of units far out at sea, shown on every map. */
  offshore?: readonly string[];
  /** Shapes of areas, for a map of areas. */
  areas?: AreaShapes;
  /** Values that the scale must hold at least, so that several charts can be compared. */
  extent?: Extent | null;
  /** Drawn by the server; shown until the drawing code is there. */
  first?: ReactNode;
  /** Id of the heading that names the chart; without it the chart names itself. */
  labelledBy?: string;
}

/** A statistic's frame as a chart with its text alternative. The same drawing as the server's, but it can be walked through. */
export function Chart({
  spec,
  frame,
  nameOf,
  now,
  height = 280,
  highlight,
  outline,
  first,
  labelledBy,
  offshore,
  areas,
  extent,
}: Props) {
  const lang = useLang();
  const id = useId();
  const { engine } = useEngine();
  const at = now ?? frame.computedAt;
  const plan = useCallback(
    (drawing: Engine, look: Look) =>
      drawing.chartPlan(spec, frame, {
        ...look,
        lang,
        now: at,
        nameOf,
        highlight: highlight ?? null,
        ...(outline ? { outline } : {}),
        ...(offshore ? { offshore } : {}),
        ...(areas ? { areas } : {}),
        ...(extent ? { extent } : {}),
      }),
    [spec, frame, lang, at, nameOf, highlight, outline, offshore, areas, extent],
  );
  const summary = engine?.summaryOf(spec, frame, { lang, now: at, nameOf }) ?? "";
  const title = spec.title[lang];
  return (
    <figure
      className={styles.figure}
      {...(labelledBy ? { "aria-labelledby": labelledBy } : { "aria-label": title })}
      aria-describedby={`${id}-summary`}
    >
      <ChartSurface plan={plan} height={height} marks={frame.rows.length} label={title} first={first} />
      <figcaption id={`${id}-summary`} className="visually-hidden">
        {summary}
      </figcaption>
    </figure>
  );
}
