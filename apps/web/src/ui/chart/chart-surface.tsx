import { useEffect, useMemo, useRef, useState } from "react";
import type { KeyboardEvent, PointerEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChartPlan, ChartPoint } from "@ioc/charts";
import type { Theme } from "@ioc/charts/tokens";
import { useLang } from "../../texts/index.ts";
import { usePreferences } from "../preferences.ts";
import { useEngine } from "./use-engine.ts";
import type { Engine } from "./use-engine.ts";
import { pointAfter, pointText, pointsNear } from "./points.ts";
import { usePrinting } from "./use-printing.ts";
import { useSurroundings } from "./use-surroundings.ts";
import styles from "./chart.module.css";

/** Above so many marks a chart is painted on canvas. */
const svgMarks = 1000;
/** Widest drawing on paper, px: a sheet of A4 between its margins. */
const paperWidth = 680;

/** What a drawing follows besides its data. */
export interface Look {
  width: number;
  height: number;
  theme: Theme;
  patterns: boolean;
}

interface Props {
  /** Draws at a size; must keep its identity while nothing changed. */
  plan: (engine: Engine, look: Look) => ChartPlan;
  height: number;
  /** How many values are drawn. */
  marks: number;
  /** Short name of the drawing for screen readers. */
  label: string;
  /** Shown until the drawing code is there: the picture of the server, or nothing. */
  first?: ReactNode;
}

const keys = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

/** The drawing itself: painted without animation, follows size and theme, its values can be pointed at and walked through. */
export function ChartSurface({ plan, height, marks, label, first }: Props) {
  const { t } = useTranslation("charts");
  const place = useRef<HTMLDivElement>(null);
  const surroundings = useSurroundings(place);
  const { engine, failed } = useEngine();
  const printing = usePrinting();
  const patterns = usePreferences((state) => state.patterns) || printing;
  const width = Math.min(surroundings?.width ?? 0, printing ? paperWidth : Number.POSITIVE_INFINITY);
  const theme = printing ? "light" : (surroundings?.theme ?? "light");
  const renderer = marks > svgMarks || theme === "wall" ? "canvas" : "svg";
  const drawn = useMemo(
    () => (engine && width > 40 ? plan(engine, { width, height, theme, patterns }) : null),
    [engine, plan, width, height, theme, patterns],
  );
  return (
    <div className={styles.surface} style={{ minHeight: height }} ref={place}>
      {drawn ? null : (first ?? (failed ? <p className={styles.failed}>{t("notLoaded")}</p> : null))}
      {engine && drawn ? (
        <Reader plan={drawn} label={label} height={height} width={width}>
          <Painting key={renderer} {...{ engine, drawn, renderer, width, height, label }} />
        </Reader>
      ) : null}
    </div>
  );
}

interface PaintingProps {
  engine: Engine;
  drawn: ChartPlan;
  renderer: "svg" | "canvas";
  width: number;
  height: number;
  label: string;
}

/** One ECharts instance for as long as the component lives; it is given back at the end. */
function Painting({ engine, drawn, renderer, width, height, label }: PaintingProps) {
  const lang = useLang();
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<Engine["mountChart"]> | null>(null);
  useEffect(() => {
    if (!element.current) return;
    chart.current ??= engine.mountChart(element.current, { renderer, width, height, lang });
    if (chart.current.getWidth() !== width || chart.current.getHeight() !== height)
      chart.current.resize({ width, height, silent: true });
    chart.current.setOption(drawn.option, { notMerge: true, silent: true });
  }, [engine, drawn, renderer, width, height, lang]);
  useEffect(
    () => () => {
      chart.current?.dispose();
      chart.current = null;
    },
    [],
  );
  return <div ref={element} role="img" aria-label={label} className={styles.drawing} style={{ height }} />;
}

interface ReaderProps {
  plan: ChartPlan;
  label: string;
  width: number;
  height: number;
  children: ReactNode;
}

/** Pointer and keyboard over a drawing: the same values for both, shown in a small box and spoken. */
function Reader({ plan, label, width, height, children }: ReaderProps) {
  const { t } = useTranslation("charts");
  const [shown, setShown] = useState<{ points: ChartPoint[]; spoken: boolean } | null>(null);
  const [of, setOf] = useState(plan);
  const points = useRef<{ plan: ChartPlan; list: ChartPoint[] } | null>(null);
  if (of !== plan) {
    setOf(plan);
    setShown(null);
  }
  const list = (): ChartPoint[] => {
    if (points.current?.plan !== plan) points.current = { plan, list: plan.points() };
    return points.current.list;
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const near = pointsNear(list(), event.clientX - box.left, event.clientY - box.top, plan.pointing);
    setShown((before) =>
      near.length === 0 ? null : before?.points[0] === near[0] ? before : { points: near, spoken: false },
    );
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Escape") {
      setShown(null);
      event.currentTarget.blur();
      return;
    }
    if (!keys.has(event.key)) return;
    const next = pointAfter(list(), shown?.points[0] ?? null, event.key);
    if (!next) return;
    event.preventDefault();
    setShown({ points: [next], spoken: true });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/no-static-element-interactions -- the values of a drawing are reached by arrow keys
    <div
      className={styles.reader}
      role="group"
      aria-label={t("reader", { label })}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setShown(null)}
      onKeyDown={onKeyDown}
      onBlur={() => setShown(null)}
    >
      {children}
      {shown ? <Tip points={shown.points} width={width} height={height} /> : null}
      <p className="visually-hidden" aria-live="polite">
        {shown?.spoken && shown.points[0] ? pointText(shown.points[0]) : ""}
      </p>
    </div>
  );
}

function Tip({ points, width, height }: { points: readonly ChartPoint[]; width: number; height: number }) {
  const [first] = points;
  if (!first) return null;
  const left = first.x > width / 2;
  const over = first.y > height / 2;
  const style = {
    ...(left ? { right: width - first.x + 10 } : { left: first.x + 10 }),
    ...(over ? { bottom: height - first.y + 6 } : { top: first.y + 6 }),
  };
  return (
    <>
      <span className={styles.ring} style={{ left: first.x, top: first.y }} aria-hidden />
      <div className={styles.tip} style={style} aria-hidden>
        {first.label === "" ? null : <p className={styles.tipLabel}>{first.label}</p>}
        {points.map((point) => (
          <p key={`${point.series} ${point.name}`}>
            <strong>{point.value}</strong>
            {point.name === "" ? null : <span> {point.name}</span>}
            {point.note === "" ? null : <span className={styles.tipNote}> {point.note}</span>}
          </p>
        ))}
      </div>
    </>
  );
}
