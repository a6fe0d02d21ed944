import { useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { RequestFailed } from "../../../data/request.ts";
import { Button, Dialog, ErrorState } from "../../../ui/controls/index.ts";
import { TextField } from "./fields.tsx";
import styles from "./editor.module.css";

interface Props {
  open: boolean;
  /** Version that will be saved. */
  version: number;
  onClose: () => void;
  onSave: (note: string) => void;
  busy: boolean;
  error: unknown;
  /** Takes what is saved now, after somebody else saved. */
  onReload: () => void;
}

/** A note on what was changed, then the next version; what the server refuses is said in full. */
export function SaveDialog({ open, version, onClose, onSave, busy, error, onReload }: Props) {
  const { t } = useTranslation("editor");
  const { t: common } = useTranslation();
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(note.trim());
  };
  return (
    <Dialog open={open} onClose={onClose} title={t("saveTitle", { version })}>
      <form className={styles.dialog} onSubmit={submit}>
        <TextField label={t("note")} hint={t("noteHint")} rows={3} maxLength={500} value={note} onChange={setNote} />
        <Refusal error={error} onReload={onReload} />
        <div className={styles.buttons}>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {t("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Refusal({ error, onReload }: Pick<Props, "error" | "onReload">) {
  const { t } = useTranslation("editor");
  if (!error) return null;
  const problem = error instanceof RequestFailed ? error.problem : null;
  if (problem?.status === 409)
    return (
      <div className={styles.problemBox} role="alert">
        <p>{t("conflict")}</p>
        {problem.detail ? <p className={styles.hint}>{problem.detail}</p> : null}
        <Button onClick={onReload}>{t("reload")}</Button>
      </div>
    );
  if (problem && problem.status >= 400 && problem.status < 500 && problem.status !== 429)
    return (
      <div className={styles.problemBox} role="alert">
        <p>{t("refused")}</p>
        <ul className={styles.problems}>
          {(problem.errors ?? []).map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code>{path}</code> {message}
            </li>
          ))}
          {problem.errors?.length ? null : <li>{problem.detail ?? problem.title}</li>}
        </ul>
      </div>
    );
  return <ErrorState problem={error} />;
}
