import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@ioc/charts/time";
import { boardsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import styles from "./boards.module.css";

interface Props {
  link: (id: string, name: string) => ReactNode;
  /** Way to an empty board. */
  create: ReactNode;
  back: ReactNode;
}

/** Boards that were saved here. */
export function BoardsList({ link, create, back }: Props) {
  const { t } = useTranslation("boards");
  const lang = useLang();
  const query = useQuery(boardsQuery());
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        <header className={styles.head}>
          <div>
            <h1>{t("title")}</h1>
            <p className={styles.quiet}>{t("lead")}</p>
          </div>
          <div className={styles.tools}>{create}</div>
        </header>
        {query.isPending ? <Skeleton height={240} /> : null}
        {query.isError && !query.data ? <ErrorState problem={query.error} retry={() => void query.refetch()} /> : null}
        {query.data?.items.length === 0 ? <EmptyState>{t("none")}</EmptyState> : null}
        <ul className={styles.boards}>
          {query.data?.items.map((board) => (
            <li key={board.id}>
              <h2>{link(board.id, board.name)}</h2>
              {board.description === "" ? null : <p>{board.description}</p>}
              <p className={styles.quiet}>
                {t("cardsCount", { count: board.cards.length })} ·{" "}
                {t("savedAt", { time: formatDateTime(board.updatedAt, lang) })}
              </p>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
