import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { ReactNode, RefObject } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ChartSpec, Frame, StatisticDefinition, StatisticItem } from "@ioc/contracts";
import { formatShare } from "@ioc/charts/format";
import { formatStaleness } from "@ioc/charts/time";
import { areaShapesQuery, areasQuery } from "../../data/index.ts";
import type { StatisticView } from "../../data/index.ts";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { Chart } from "../../ui/chart/index.ts";
import { AsOf, CardBoundary, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { landOf } from "./land.ts";
import { StatisticMenu } from "./statistic-menu.tsx";
import { useFrame } from "./use-frame.ts";
import { ValueLine } from "./value-line.tsx";
import styles from "./statistics.module.css";

/** What a chart is drawn from: the question is its title unless the frame states a finding. */
export function specOf(definition: Pick<StatisticDefinition, "chart" | "question" | "measures" | "source">): ChartSpec {
  return {
    kind: definition.chart,
    title: definition.question,
    subtitle: definition.measures,
    source: definition.source,
  };
}

interface FrameChartProps {
  spec: ChartSpec;
  frame: Frame;
  nameOf: (id: string) => string;
  height: number;
  highlight?: string | null;
  labelledBy?: string;
}

/** A chart with what a map needs besides: land and far islands are read only for maps. */
export function FrameChart({ spec, frame, ...rest }: FrameChartProps) {
  const lang = useLang();
  const now = useCityNow(60_000);
  const map = spec.kind === "point-map";
  const shapes = useQuery({ ...areaShapesQuery(), enabled: map }).data;
  const areas = useQuery({ ...areasQuery(), enabled: map }).data?.items;
  const land = useMemo(() => (shapes ? { outline: landOf(shapes) } : {}), [shapes]);
  const islands = useMemo(
    () => (areas ? { offshore: areas.filter((area) => area.offshore).map((area) => area.name[lang]) } : {}),
    [areas, lang],
  );
  return <Chart spec={spec} frame={frame} now={now} {...rest} {...land} {...islands} />;
}

/** Whether an element came near the view; stays true, so that a card keeps what it loaded. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target || seen) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
      },
      { rootMargin: "300px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [element, seen]);
  return seen;
}

interface FootProps {
  frame: Frame;
  item: Pick<StatisticItem, "source" | "refreshSeconds">;
  full?: boolean;
}

/** Source, time of the data, share of valid values; a late frame says how old it is. */
export function CardFoot({ frame, item, full = false }: FootProps) {
  const { t } = useTranslation("statistics");
  const { t: common } = useTranslation();
  const lang = useLang();
  const now = useCityNow(10_000);
  const age = frame.asOf === null || now === null ? 0 : now - frame.asOf;
  const late = age > Math.max(3 * item.refreshSeconds, 900) * 1000;
  return (
    <p className={styles.foot}>
      {full ? (
        <span>
          {common("source")}: {item.source[lang]}
        </span>
      ) : null}
      <AsOf time={frame.asOf} mode="updated" now={frame.computedAt} />
      {late ? (
        <span className={styles.late}>
          <Icon name="clock" size={16} /> {formatStaleness(age, lang)}
        </span>
      ) : null}
      {frame.coverage === null ? null : (
        <span className={frame.coverage < 0.9 ? styles.strong : undefined}>
          {t("coverageLine", { share: formatShare(frame.coverage, lang) })}
        </span>
      )}
    </p>
  );
}

interface CardProps {
  item: StatisticItem;
  nameOf: (id: string) => string;
  /** Draws the name as a link to the statistic's page. */
  link: (name: string) => ReactNode;
  /** Address of the statistic's page. */
  href: string;
  view?: StatisticView;
  size?: "s" | "m";
}

/** Kinds whose drawing shows the number itself. */
const headlined: ReadonlySet<string> = new Set(["sparkline-kpi", "gauge"]);
const heights = { s: 170, m: 240 } as const;

/** A statistic in a gallery: name, value, trend, chart, time and quality. Reads its data when it comes near the view. */
export function ChartCard({ item, nameOf, link, href, view = {}, size = "m" }: CardProps) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const id = useId();
  const place = useRef<HTMLElement>(null);
  const seen = useSeen(place);
  const query = useFrame(item.id, view, seen);
  const frame = query.data;
  const [spec, setSpec] = useState(() => specOf(item));
  if (spec.kind !== item.chart || spec.title !== item.question) setSpec(specOf(item));
  return (
    <article ref={place} className={styles.card} aria-labelledby={id}>
      <header className={styles.cardHead}>
        <h3 id={id}>{link(item.name[lang])}</h3>
        <StatisticMenu id={item.id} view={view} link={href} />
      </header>
      {frame && headlined.has(item.chart) ? null : <ValueLine of={frame ?? item} />}
      <CardBoundary>
        {frame ? (
          <FrameChart spec={spec} frame={frame} nameOf={nameOf} height={heights[size]} labelledBy={id} />
        ) : query.isError ? (
          <ErrorState problem={query.error} retry={() => void query.refetch()} />
        ) : (
          <Skeleton height={heights[size]} />
        )}
      </CardBoundary>
      {frame && query.isError ? <p className={styles.late}>{t("refreshFailed")}</p> : null}
      {frame ? <CardFoot frame={frame} item={item} /> : null}
    </article>
  );
}
