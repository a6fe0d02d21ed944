import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Board } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { boardQuery, boardsQuery, saveBoard } from "../../../data/index.ts";
import { RequestFailed } from "../../../data/request.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, Dialog, ErrorState, fold, say, useKeyed } from "../../../ui/controls/index.ts";
import { boardId } from "./board-address.ts";
import type { BoardDraft } from "./use-board.ts";
import styles from "./boards.module.css";

interface Props {
  draft: BoardDraft;
  id: string | null;
  onSaved: (id: string) => void;
}

type Trouble = { type: "conflict"; current: Board | null } | { type: "failed"; error: unknown };

/** Saves the board; says what can be done when somebody else saved in between. */
export function SaveBoard({ draft, id, onSaved }: Props) {
  const { t } = useTranslation("boards");
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const complete = draft.name.trim() !== "" && draft.cards.length > 0;

  /** Nothing happens when the reader gives no key. */
  const put = async (as: string, version: number): Promise<void> => {
    const board = { id: as, version, name: draft.name.trim(), description: draft.about, cards: draft.cards };
    const saved = await withKey((key) => saveBoard(board, key));
    if (!saved) return;
    client.setQueryData(boardQuery(as).queryKey, saved);
    void client.invalidateQueries({ queryKey: boardsQuery().queryKey });
    setTrouble(null);
    say(t("saved", { name: saved.name }));
    if (as === id) draft.discard();
    else onSaved(as);
  };
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await act();
    } catch (error) {
      const conflict = error instanceof RequestFailed && error.problem.status === 409;
      const current =
        conflict && id !== null ? await client.fetchQuery({ ...boardQuery(id), staleTime: 0 }).catch(() => null) : null;
      setTrouble(conflict ? { type: "conflict", current } : { type: "failed", error });
    } finally {
      setBusy(false);
    }
  };
  const newId = async (): Promise<string> => {
    const boards = await client.fetchQuery({ ...boardsQuery(), staleTime: 0 });
    return boardId(draft.name, new Set(boards.items.map((board) => board.id)), fold);
  };
  const save = () => attempt(async () => put(id ?? (await newId()), id === null ? 1 : (draft.saved?.version ?? 1)));
  return (
    <>
      <Button
        kind="primary"
        disabled={busy || !draft.dirty || !complete}
        title={complete ? undefined : t("incomplete")}
        onClick={() => void save()}
      >
        {t("save")}
      </Button>
      <Dialog
        open={trouble !== null}
        onClose={() => setTrouble(null)}
        title={trouble?.type === "conflict" ? t("conflict.title") : t("failed")}
      >
        {trouble?.type === "conflict" ? (
          <Conflict
            current={trouble.current}
            onTheirs={() => {
              setTrouble(null);
              draft.discard();
            }}
            onMine={() => void attempt(() => put(id ?? "", trouble.current?.version ?? 1))}
            onCopy={() => void attempt(async () => put(await newId(), 1))}
          />
        ) : trouble ? (
          <ErrorState problem={trouble.error} retry={() => void save()} />
        ) : null}
      </Dialog>
      {keyDialog}
    </>
  );
}

interface ConflictProps {
  current: Board | null;
  onTheirs: () => void;
  onMine: () => void;
  onCopy: () => void;
}

function Conflict({ current, onTheirs, onMine, onCopy }: ConflictProps) {
  const { t } = useTranslation("boards");
  const lang = useLang();
  return (
    <div className={styles.form}>
      <p>
        {current
          ? t("conflict.text", { time: formatDateTime(current.updatedAt, lang), version: current.version })
          : t("conflict.gone")}
      </p>
      <div className={styles.choices}>
        <Button kind="primary" data-first onClick={onCopy}>
          {t("conflict.copy")}
        </Button>
        {current ? <Button onClick={onTheirs}>{t("conflict.theirs")}</Button> : null}
        {current ? <Button onClick={onMine}>{t("conflict.mine")}</Button> : null}
      </div>
    </div>
  );
}
