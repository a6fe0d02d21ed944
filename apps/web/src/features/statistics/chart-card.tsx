import { useId, useMemo, useRef } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChartKind, StatisticItem } from "@ioc/contracts";
import type { StatisticView } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { CardBoundary, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import { CardFoot } from "./card-foot.tsx";
import { comparedWith } from "./compared-with.ts";
import { FrameChart, specOf } from "./frame-chart.tsx";
import { StatisticMenu } from "./statistic-menu.tsx";
import { TargetMark } from "./target-line.tsx";
import { useFrame } from "./use-frame.ts";
import { useNear } from "./use-near.ts";
import { ValueLine } from "./value-line.tsx";
import styles from "./statistics.module.css";

interface Props {
  item: StatisticItem;
  nameOf: (id: string) => string;
  /** Draws the name as a link to the statistic's page. */
  link: (name: string) => ReactNode;
  /** Address of the statistic's page. */
  href: string;
  view?: StatisticView;
  /** Kind that it is drawn as; the definition's own unless given. */
  kind?: ChartKind | undefined;
  /** What the view is of, when it is not the default one. */
  of?: string | undefined;
  /** Buttons of who shows the card. */
  actions?: ReactNode;
}

/** Kinds whose drawing shows the number itself. */
const headlined: ReadonlySet<string> = new Set(["sparkline-kpi", "gauge"]);
/** px; with a line for the number above the drawing, so that all cards are of one height. */
const drawing = 220;
const valueLine = 36;

/** A statistic in a gallery: name, value, trend, chart, time and quality. Reads its data when it comes near the view. */
export function ChartCard({ item, nameOf, link, href, view = {}, kind = item.chart, of, actions }: Props) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const id = useId();
  const place = useRef<HTMLElement>(null);
  const { seen, near } = useNear(place);
  const query = useFrame(item.id, view, { read: seen, live: near });
  const frame = query.data;
  const { question, measures, source } = item;
  const spec = useMemo(
    () => specOf({ chart: kind, question, measures, source }),
    // Texts of the definition, not the objects that hold them: the list is read again and again.
    // oxlint-disable-next-line react/exhaustive-deps
    [kind, question.vi, question.en, measures.vi, source.vi],
  );
  const alone = headlined.has(kind);
  return (
    <article ref={place} className={styles.card} aria-labelledby={id}>
      <header className={styles.cardHead}>
        <div className={styles.cardTitle}>
          <h3 id={id}>{link(item.name[lang])}</h3>
          {of ? <p className={styles.cardOf}>{of}</p> : null}
        </div>
        {actions}
        <StatisticMenu id={item.id} view={view} link={href} name={item.name[lang]} />
      </header>
      <div className={styles.cardBody} style={{ minBlockSize: drawing + valueLine }}>
        {frame && alone ? null : (
          <div className={styles.cardValue} style={{ minBlockSize: valueLine }}>
            <ValueLine of={frame ?? item} against={comparedWith(item)} />
            <TargetMark met={(frame ?? item).targetMet} />
          </div>
        )}
        <CardBoundary>
          {frame ? (
            <FrameChart
              spec={spec}
              frame={frame}
              nameOf={nameOf}
              height={alone ? drawing + valueLine : drawing}
              labelledBy={id}
            />
          ) : query.isError ? (
            <ErrorState problem={query.error} retry={() => void query.refetch()} />
          ) : (
            <Skeleton height={drawing} />
          )}
        </CardBoundary>
      </div>
      <div className={styles.cardFoot}>
        {frame && query.isError ? <p className={styles.late}>{t("refreshFailed")}</p> : null}
        {frame ? <CardFoot frame={frame} item={item} /> : null}
      </div>
    </article>
  );
}
