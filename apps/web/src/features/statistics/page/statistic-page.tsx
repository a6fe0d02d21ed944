import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { unitText } from "@ioc/charts/units";
import { cityQuery, statisticQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, CardBoundary, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { StatisticMenu } from "../statistic-menu.tsx";
import type { PagePatch, PageSearch } from "../statistic-search.ts";
import { useCopyLink } from "../use-copy-link.ts";
import { useFrame } from "../use-frame.ts";
import { viewOf } from "../view.ts";
import { ChartTabs } from "./chart-tabs.tsx";
import { DefinitionSection } from "./definition-section.tsx";
import { HistorySection } from "./history-section.tsx";
import { InputsSection } from "./inputs-section.tsx";
import styles from "./page.module.css";
import { readInstant } from "./periods.ts";
import { RelatedSection } from "./related-section.tsx";
import { SideFacts } from "./side-facts.tsx";
import { ThresholdsSection } from "./thresholds-section.tsx";
import { ViewBar } from "./view-bar.tsx";

/** Ways on from a statistic; what a surface has no page for is shown as plain words. */
export interface StatisticLinks {
  statistic: (item: Pick<StatisticItem, "id" | "domain">, name: string) => ReactNode;
  /** All stations of a kind. */
  stations?: (kind: string, name: string) => ReactNode;
  domain?: (id: string, name: string) => ReactNode;
}

interface Props {
  id: string;
  view: PageSearch;
  /** Changes part of the view; undefined removes. The address follows, so that a copied link shows the same. */
  onView: (patch: PagePatch) => void;
  links: StatisticLinks;
  /** Link back to the gallery. */
  back?: ReactNode;
  /** What may be done with the definition. */
  actions?: ReactNode;
  /** For residents: what concerns only those on duty is left out. */
  audience?: "operator" | "public";
}

/** One statistic: finding, value, chart, comparisons, history, method, inputs. Live while it is open. */
export function StatisticPage({ id, ...props }: Props) {
  const query = useQuery(statisticQuery(id));
  const item = query.data;
  if (item) return <Page item={item} {...props} />;
  if (query.isError) return <ErrorState problem={query.error} retry={() => void query.refetch()} />;
  return <Skeleton height={640} />;
}

function Page({
  item,
  view,
  onView,
  links,
  back,
  actions,
  audience = "operator",
}: Omit<Props, "id"> & { item: StatisticItem }) {
  const { t } = useTranslation("statistics");
  const frame = useFrame(item.id, viewOf(view));
  return (
    <div className={styles.scroll}>
      <article className={styles.page} data-audience={audience} aria-labelledby="statistic-title">
        {back ? <p className={styles.back}>{back}</p> : null}
        <Head item={item} frame={frame.data} {...{ view, links, actions }} />
        <Marks item={item} frame={frame.data} view={view} onView={onView} />
        <div className={styles.columns}>
          <div className={styles.main}>
            <ViewBar item={item} view={view} onView={onView} />
            <ChartTabs
              item={item}
              frame={frame.data}
              failed={frame.isError ? frame.error : null}
              retry={() => void frame.refetch()}
              view={view}
              onView={onView}
            />
          </div>
          <CardBoundary>
            <SideFacts item={item} frame={frame.data} />
          </CardBoundary>
        </div>
        <div className={styles.sections}>
          <div>
            {frame.data ? (
              <CardBoundary>
                <ThresholdsSection item={item} frame={frame.data} />
              </CardBoundary>
            ) : null}
            <CardBoundary>
              <DefinitionSection item={item} steps={audience === "operator"} />
            </CardBoundary>
          </div>
          <div>
            <CardBoundary>
              <HistorySection item={item} />
            </CardBoundary>
            <CardBoundary>
              <InputsSection item={item} links={links} />
            </CardBoundary>
            <CardBoundary>
              <RelatedSection item={item} links={links} audience={audience} />
            </CardBoundary>
          </div>
        </div>
        <p className={styles.printed}>
          {t("printedFrom")} {typeof location === "undefined" ? "" : location.href}
        </p>
      </article>
    </div>
  );
}

function Head({
  item,
  frame,
  view,
  links,
  actions,
}: { item: StatisticItem; frame: Frame | undefined } & Pick<Props, "view" | "links" | "actions">) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const copy = useCopyLink();
  const unit = unitText(item.unit, lang);
  const domain = useQuery(cityQuery()).data?.domains.find((one) => one.id === item.domain);
  const here = (): string => (typeof location === "undefined" ? "" : location.href);
  return (
    <header className={styles.head}>
      <div>
        <p className={styles.kicker}>
          {domain && links.domain ? <>{links.domain(domain.id, domain.name[lang])} · </> : null}
          {item.name[lang]}
        </p>
        <h1 id="statistic-title">{frame?.finding?.[lang] ?? item.question[lang]}</h1>
        <p className={styles.measures}>
          {item.measures[lang]}
          {unit === "" ? "" : ` (${unit})`}
        </p>
      </div>
      <div className={styles.tools}>
        <Button onClick={() => void copy(here())}>
          <Icon name="link" size={16} /> {t("copyLink")}
        </Button>
        <StatisticMenu
          id={item.id}
          view={viewOf(view)}
          chart={view.chart}
          link={here()}
          name={item.name[lang]}
          label={t("download")}
        />
        {actions}
      </div>
    </header>
  );
}

/** What must be known before anything is read: made-up data, the past, a definition that failed. */
function Marks({
  item,
  frame,
  view,
  onView,
}: { item: StatisticItem; frame: Frame | undefined } & Pick<Props, "view" | "onView">) {
  const { t } = useTranslation("statistics");
  const lang = useLang();
  const instant = view.at === undefined ? null : readInstant(view.at);
  const synthetic = frame?.synthetic ?? item.synthetic;
  return (
    <>
      {instant === null ? null : (
        <div className={styles.past} role="status">
          <Icon name="clock" />
          <p>{t("when.shown", { time: formatDateTime(instant, lang) })}</p>
          <Button onClick={() => onView({ at: undefined })}>{t("when.back")}</Button>
        </div>
      )}
      {synthetic ? (
        <p className={styles.note}>
          <Icon name="info" size={16} /> <strong>{t("synthetic")}.</strong> {t("syntheticHint")}
        </p>
      ) : null}
      {frame?.status === "error" && frame.error ? (
        <p className={styles.note}>
          <Icon name="warning" size={16} /> {t("failedDetail", { message: frame.error })}
        </p>
      ) : null}
    </>
  );
}
