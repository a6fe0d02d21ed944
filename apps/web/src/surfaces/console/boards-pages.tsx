import { useCallback } from "react";
import { Link, useNavigate, useParams, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BoardPage, BoardsList, readBoardSearch } from "../../features/statistics/boards/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./statistics.module.css";
import { useOwnSearch } from "./use-own-search.ts";

const boardLink = (boardId: string, name: string) => (
  <Link to="/console/statistics/boards/$boardId" params={{ boardId }} search={{}}>
    {name}
  </Link>
);

/** The boards that were saved. */
export function ConsoleBoardsPage() {
  const { t } = useTranslation("boards");
  return (
    <BoardsList
      link={boardLink}
      back={
        <Link to="/console/statistics" search={{}}>
          <Icon name="chevron-left" size={16} /> {t("backToStatistics")}
        </Link>
      }
      create={
        <Link
          to="/console/statistics/boards/$boardId"
          params={{ boardId: "new" }}
          search={{}}
          className={styles.action}
        >
          <Icon name="plus" size={16} /> {t("new")}
        </Link>
      }
    />
  );
}

const statisticLink = (statisticId: string, name: string, view: Record<string, string>) => (
  <Link to="/console/statistics/$statisticId" params={{ statisticId }} search={view}>
    {name}
  </Link>
);

/** One board; `new` is one that is not saved yet. */
export function ConsoleBoardPage() {
  const { t } = useTranslation("boards");
  const { boardId } = useParams({ from: "/console/statistics/boards/$boardId" });
  const [search, onSearch] = useOwnSearch(readBoardSearch);
  const navigate = useNavigate();
  const router = useRouter();
  const hrefOf = useCallback(
    (statisticId: string, view: Record<string, string>) =>
      router.buildLocation({ to: "/console/statistics/$statisticId", params: { statisticId }, search: view }).href,
    [router],
  );
  return (
    <BoardPage
      key={boardId}
      id={boardId === "new" ? null : boardId}
      search={search}
      onSearch={onSearch}
      link={statisticLink}
      hrefOf={hrefOf}
      onOpen={(id) =>
        void (id === null
          ? navigate({ to: "/console/statistics/boards", search: {} })
          : navigate({ to: "/console/statistics/boards/$boardId", params: { boardId: id }, search: {} }))
      }
      back={
        <Link to="/console/statistics/boards" search={{}}>
          <Icon name="chevron-left" size={16} /> {t("backToBoards")}
        </Link>
      }
    />
  );
}
