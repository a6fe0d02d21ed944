import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Board } from "@ioc/contracts";
import { boardQuery, boardsQuery, deleteBoard } from "../../../data/index.ts";
import { Button, Dialog, ErrorState, say, useKeyed } from "../../../ui/controls/index.ts";
import { Icon } from "../../../ui/icons/index.ts";
import styles from "./boards.module.css";

/** Deletes a board after a question; the safe answer has the focus. */
export function DeleteBoard({ board, onDeleted }: { board: Board; onDeleted: () => void }) {
  const { t } = useTranslation("boards");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const remove = async () => {
    try {
      if (!(await withKey((key) => deleteBoard(board.id, key)))) return;
      onDeleted();
      client.removeQueries({ queryKey: boardQuery(board.id).queryKey });
      void client.invalidateQueries({ queryKey: boardsQuery().queryKey });
      say(t("deleted", { name: board.name }));
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <>
      <Button kind="quiet" onClick={() => setAsked(true)}>
        <Icon name="trash" size={16} /> {t("delete")}
      </Button>
      <Dialog open={asked} onClose={() => setAsked(false)} title={t("deleteTitle")}>
        <div className={styles.form}>
          <p>{t("deleteText", { name: board.name })}</p>
          {error ? <ErrorState problem={error} /> : null}
          <div className={styles.choices}>
            <Button data-first onClick={() => setAsked(false)}>
              {common("cancel")}
            </Button>
            <Button onClick={() => void remove()}>{t("delete")}</Button>
          </div>
        </div>
      </Dialog>
      {keyDialog}
    </>
  );
}
