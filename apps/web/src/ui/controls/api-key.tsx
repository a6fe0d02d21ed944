import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useApiKey } from "../../data/api-key.ts";
import { RequestFailed } from "../../data/request.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import styles from "./api-key.module.css";

interface Question {
  /** The key given before was not taken. */
  refused: boolean;
  answer: (key: string | null) => void;
}

interface Keyed {
  /**
   * Does something that needs an API key: asks for it when there is none or the server does not take it. Undefined when the
   * reader gives none; other failures are thrown on.
   */
  withKey: <T>(act: (key: string) => Promise<T>) => Promise<T | undefined>;
  /** Stands somewhere in the component; shows itself when a key is asked for. */
  keyDialog: ReactNode;
}

const isRefused = (error: unknown): boolean =>
  error instanceof RequestFailed && (error.problem.status === 401 || error.problem.status === 403);

/** Acts in the name of who holds an API key; the key is asked for once in this browser tab. */
export function useKeyed(): Keyed {
  const [question, setQuestion] = useState<Question | null>(null);
  const ask = (refused: boolean): Promise<string | null> =>
    new Promise((resolve) => {
      const answer = (key: string | null) => {
        setQuestion(null);
        if (key !== null) useApiKey.getState().setKey(key);
        resolve(key);
      };
      setQuestion({ refused, answer });
    });
  const withKey = async <T,>(act: (key: string) => Promise<T>): Promise<T | undefined> => {
    let key = useApiKey.getState().key ?? (await ask(false));
    while (key !== null) {
      try {
        return await act(key);
      } catch (error) {
        if (!isRefused(error)) throw error;
        useApiKey.getState().setKey(null);
        key = await ask(true);
      }
    }
    return undefined;
  };
  return { withKey, keyDialog: <KeyDialog question={question} /> };
}

function KeyDialog({ question }: { question: Question | null }) {
  const { t } = useTranslation();
  return (
    <Dialog open={question !== null} onClose={() => question?.answer(null)} title={t("apiKey.title")}>
      {question ? <KeyForm {...question} /> : null}
    </Dialog>
  );
}

function KeyForm({ refused, answer }: Question) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() !== "") answer(key.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p id="api-key-hint">{t("apiKey.hint")}</p>
      <label>
        <span>{t("apiKey.label")}</span>
        <input
          data-first
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          aria-describedby={refused ? "api-key-refused api-key-hint" : "api-key-hint"}
          aria-invalid={refused || undefined}
        />
      </label>
      {refused ? (
        <p id="api-key-refused" role="alert" className={styles.refused}>
          {t("apiKey.refused")}
        </p>
      ) : null}
      <div className={styles.buttons}>
        <Button onClick={() => answer(null)}>{t("cancel")}</Button>
        <Button kind="primary" type="submit" disabled={key.trim() === ""}>
          {t("apiKey.use")}
        </Button>
      </div>
    </form>
  );
}
