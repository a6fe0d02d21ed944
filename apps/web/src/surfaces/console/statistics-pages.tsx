import { useCallback } from "react";
import { Link, useNavigate, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { StatisticPage, StatisticsGallery } from "../../features/statistics/index.ts";
import type { StatisticSearch } from "../../features/statistics/index.ts";
import { Icon } from "../../ui/icons/index.ts";

type Patch = { [K in keyof StatisticSearch]?: StatisticSearch[K] | undefined };

/** View state of the statistics in the address, and a way to change part of it (undefined removes). */
function useStatisticSearch(): [StatisticSearch, (patch: Patch) => void] {
  const search: StatisticSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const patch = useCallback(
    (change: Patch) => {
      void navigate({
        to: ".",
        replace: true,
        search: (before: Record<string, unknown>) =>
          Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)),
      });
    },
    [navigate],
  );
  return [search, patch];
}

const statisticLink = (statisticId: string, name: string) => (
  <Link to="/console/statistics/$statisticId" params={{ statisticId }} search={{}}>
    {name}
  </Link>
);

/** All statistics of the city. */
export function StatisticsPage() {
  const [search, onSearch] = useStatisticSearch();
  const router = useRouter();
  const hrefOf = useCallback(
    (statisticId: string) =>
      router.buildLocation({ to: "/console/statistics/$statisticId", params: { statisticId } }).href,
    [router],
  );
  return <StatisticsGallery search={search} onSearch={onSearch} hrefOf={hrefOf} link={statisticLink} />;
}

/** One statistic. */
export function ConsoleStatisticPage() {
  const { t } = useTranslation("statistics");
  const { statisticId } = useParams({ from: "/console/statistics/$statisticId" });
  const [view, onView] = useStatisticSearch();
  return (
    <StatisticPage
      key={statisticId}
      id={statisticId}
      view={view}
      onView={onView}
      back={
        <Link to="/console/statistics" search={{}}>
          <Icon name="chevron-left" size={16} /> {t("back")}
        </Link>
      }
    />
  );
}
