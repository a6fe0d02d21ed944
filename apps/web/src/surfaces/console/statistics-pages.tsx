import { useCallback, useMemo } from "react";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  readGallerySearch,
  readPageSearch,
  StatisticPage,
  StatisticsGallery,
} from "../../features/statistics/index.ts";
import type { StatisticLinks } from "../../features/statistics/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./statistics.module.css";
import { useOwnSearch } from "./use-own-search.ts";

const statisticLink = (statisticId: string, name: string) => (
  <Link to="/console/statistics/$statisticId" params={{ statisticId }} search={{}}>
    {name}
  </Link>
);

const links: StatisticLinks = {
  statistic: ({ id }, name) => statisticLink(id, name),
  stations: (kind, name) => (
    <Link to="/console/map" search={kind === "*" ? {} : { kind }}>
      {name}
    </Link>
  ),
  domain: (domain, name) => (
    <Link to="/console/statistics" search={{ domain }}>
      {name}
    </Link>
  ),
};

/** All statistics of the city. */
export function StatisticsPage() {
  const { t } = useTranslation("statistics");
  const [search, onSearch] = useOwnSearch(readGallerySearch);
  const router = useRouter();
  const hrefOf = useCallback(
    (statisticId: string) =>
      router.buildLocation({ to: "/console/statistics/$statisticId", params: { statisticId } }).href,
    [router],
  );
  return (
    <StatisticsGallery
      search={search}
      onSearch={onSearch}
      hrefOf={hrefOf}
      link={statisticLink}
      actions={
        <>
          <Link to="/console/statistics/boards" search={{}} className={styles.action}>
            <Icon name="grid" size={16} /> {t("boards")}
          </Link>
          <Link to="/console/statistics/new" search={{}} className={styles.action}>
            <Icon name="plus" size={16} /> {t("newStatistic")}
          </Link>
        </>
      }
    />
  );
}

/** One statistic. */
export function ConsoleStatisticPage() {
  const { t } = useTranslation("statistics");
  const { statisticId } = useParams({ from: "/console/statistics/$statisticId" });
  const [view, onView] = useOwnSearch(readPageSearch);
  const actions = useMemo(
    () => (
      <>
        <Link to="/console/statistics/new" search={{ from: statisticId }} className={styles.action}>
          <Icon name="copy" size={16} /> {t("duplicate")}
        </Link>
        <Link to="/console/statistics/$statisticId/edit" params={{ statisticId }} search={{}} className={styles.action}>
          <Icon name="pencil" size={16} /> {t("edit")}
        </Link>
      </>
    ),
    [statisticId, t],
  );
  return (
    <StatisticPage
      key={statisticId}
      id={statisticId}
      view={view}
      onView={onView}
      links={links}
      actions={actions}
      back={
        <Link to="/console/statistics" search={{}}>
          <Icon name="chevron-left" size={16} /> {t("back")}
        </Link>
      }
    />
  );
}
