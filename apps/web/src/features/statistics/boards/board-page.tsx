import { useState } from "react";
import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDateTime } from "@ioc/charts/time";
import { statisticsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, EmptyState, ErrorState, Skeleton } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import { useCopyLink } from "../use-copy-link.ts";
import { useTyping } from "../use-typing.ts";
import { AddCard } from "./add-card.tsx";
import type { BoardPatch, BoardSearch } from "./board-address.ts";
import { BoardCards } from "./board-cards.tsx";
import { DeleteBoard } from "./delete-board.tsx";
import { SaveBoard } from "./save-board.tsx";
import { useBoard } from "./use-board.ts";
import type { BoardDraft } from "./use-board.ts";
import styles from "./boards.module.css";

interface Props {
  /** Null: a new board. */
  id: string | null;
  search: BoardSearch;
  onSearch: (patch: BoardPatch) => void;
  link: (id: string, name: string, view: Record<string, string>) => ReactNode;
  hrefOf: (id: string, view: Record<string, string>) => string;
  back: ReactNode;
  /** Another board is to be shown: the one that was saved, or the list (null). */
  onOpen: (id: string | null) => void;
}

/** One board: shown live, composed, saved, shared. */
export function BoardPage({ id, search, onSearch, link, hrefOf, back, onOpen }: Props) {
  const { t } = useTranslation("boards");
  const { t: common } = useTranslation();
  const { draft, query } = useBoard(id, search, onSearch);
  const statistics = useQuery(statisticsQuery());
  const [editing, setEditing] = useState(id === null);
  if (id !== null && !draft.saved)
    return query.isError ? (
      <ErrorState problem={query.error} retry={() => void query.refetch()} />
    ) : (
      <Skeleton height={640} />
    );
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        <Head draft={draft} editing={editing} onEditing={setEditing} id={id} onOpen={onOpen} />
        {editing ? <AddCard draft={draft} items={statistics.data?.items ?? []} /> : null}
        <p role="status" className={styles.undo}>
          {draft.removed ? (
            <>
              {t("removed")}{" "}
              <Button onClick={draft.removed.undo}>
                <Icon name="undo" size={16} /> {common("undo")}
              </Button>
            </>
          ) : null}
        </p>
        {draft.cards.length === 0 ? (
          <EmptyState action={editing ? null : <Button onClick={() => setEditing(true)}>{t("edit")}</Button>}>
            {t("empty")}
          </EmptyState>
        ) : statistics.data ? (
          <BoardCards draft={draft} items={statistics.data.items} editing={editing} link={link} hrefOf={hrefOf} />
        ) : statistics.isError ? (
          <ErrorState problem={statistics.error} retry={() => void statistics.refetch()} />
        ) : (
          <Skeleton height={360} />
        )}
      </div>
    </div>
  );
}

interface HeadProps extends Pick<Props, "id" | "onOpen"> {
  draft: BoardDraft;
  editing: boolean;
  onEditing: (editing: boolean) => void;
}

function Head({ draft, editing, onEditing, id, onOpen }: HeadProps) {
  const { t } = useTranslation("boards");
  const lang = useLang();
  const copy = useCopyLink();
  const name = useTyping(draft.name, (text) => draft.set({ name: text }));
  const about = useTyping(draft.about, (text) => draft.set({ about: text }));
  const { saved } = draft;
  return (
    <header className={styles.head}>
      <div className={styles.titles}>
        {editing ? (
          <>
            <h1 className="visually-hidden">{draft.name === "" ? t("newBoard") : draft.name}</h1>
            <label className={styles.nameField}>
              <span>{t("name")}</span>
              <input maxLength={120} placeholder={t("nameHint")} {...name} />
            </label>
            <label className={styles.nameField}>
              <span>{t("about")}</span>
              <input maxLength={500} {...about} />
            </label>
          </>
        ) : (
          <>
            <h1>{draft.name}</h1>
            {draft.about === "" ? null : <p>{draft.about}</p>}
          </>
        )}
        <p className={styles.quiet}>
          {draft.dirty
            ? t("unsaved")
            : saved
              ? t("savedAt", { time: formatDateTime(saved.updatedAt, lang) })
              : t("notYetSaved")}
        </p>
      </div>
      <div className={styles.tools}>
        <Button aria-pressed={editing} onClick={() => onEditing(!editing)}>
          <Icon name={editing ? "check" : "pencil"} size={16} /> {t(editing ? "done" : "edit")}
        </Button>
        <Button onClick={() => void copy(location.href)}>
          <Icon name="link" size={16} /> {t("share")}
        </Button>
        <SaveBoard draft={draft} id={id} onSaved={onOpen} />
        {draft.dirty && saved ? (
          <Button kind="quiet" onClick={draft.discard}>
            {t("discard")}
          </Button>
        ) : null}
        {saved && editing ? <DeleteBoard board={saved} onDeleted={() => onOpen(null)} /> : null}
      </div>
    </header>
  );
}
