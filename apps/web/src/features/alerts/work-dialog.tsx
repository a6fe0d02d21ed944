import { useId, useState } from "react";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Alert, AlertResolution } from "@ioc/contracts";
import { formatDateTime, hour } from "@ioc/charts/time";
import { useCityNow } from "../../data/live/index.ts";
import { useLang } from "../../texts/index.ts";
import { Button, Dialog } from "../../ui/controls/index.ts";
import { instantText, readInstant } from "../statistics/page/periods.ts";
import type { Deed } from "./use-act.tsx";
import styles from "./work.module.css";

/** Deeds that need more than a press. */
export type AskedDeed = "resolve" | "assign" | "shelve" | "comment";

interface Props {
  alert: Alert;
  /** Null: closed. */
  asked: AskedDeed | null;
  onClose: () => void;
  /** Answers whether it was done. */
  onDeed: (deed: Deed) => Promise<boolean>;
}

/** Asks for what a deed needs: a reason, somebody, a time, words. */
export function WorkDialog({ alert, asked, onClose, onDeed }: Props) {
  const { t } = useTranslation("alerts");
  return (
    <Dialog open={asked !== null} onClose={onClose} title={asked ? t(`work.title.${asked}`) : ""}>
      {asked ? <WorkForm alert={alert} asked={asked} onClose={onClose} onDeed={onDeed} /> : null}
    </Dialog>
  );
}

const reasons: readonly AlertResolution[] = ["true", "false-alarm", "test", "sensor-fault", "duplicate"];
const shelves = [1, 4, 12, 24, 72] as const;

function WorkForm({ alert, asked, onClose, onDeed }: Props & { asked: AskedDeed }) {
  const { t } = useTranslation("alerts");
  const { t: common } = useTranslation();
  const lang = useLang();
  const id = useId();
  const now = useCityNow(60_000);
  const [reason, setReason] = useState<AlertResolution | null>(null);
  const [assignee, setAssignee] = useState(alert.handling.assignee ?? "");
  const [due, setDue] = useState(alert.handling.dueAt === null ? "" : instantText(alert.handling.dueAt));
  const [hours, setHours] = useState<number>(1);
  const [comment, setComment] = useState("");
  const [busy, setBusy] = useState(false);

  const said = comment.trim() === "" ? {} : { comment: comment.trim() };
  const dueAt = due === "" ? null : readInstant(due.slice(0, 16));
  const deed = (): Deed | null => {
    switch (asked) {
      case "resolve":
        return reason === null ? null : { action: "resolve", reason, ...said };
      case "assign": {
        const person = assignee.trim() === "" ? null : assignee.trim();
        return { action: "assign", assignee: person, dueAt: dueAt === null ? null : iso(dueAt), ...said };
      }
      case "shelve":
        return now === null ? null : { action: "shelve", until: iso(now + hours * hour), ...said };
      case "comment":
        return said.comment === undefined ? null : { action: "comment", comment: said.comment };
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const ready = deed();
    if (!ready) return;
    setBusy(true);
    if (await onDeed(ready)) onClose();
    else setBusy(false);
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <p className={styles.about}>{alert.headline[lang]}</p>
      {asked === "resolve" ? (
        <fieldset className={styles.reasons}>
          <legend>{t("work.reason")}</legend>
          {reasons.map((one, index) => (
            <label key={one}>
              <input
                type="radio"
                name={`${id}-reason`}
                {...(index === 0 ? { "data-first": true } : {})}
                checked={reason === one}
                onChange={() => setReason(one)}
              />
              {t(`resolution.${one}`)}
            </label>
          ))}
        </fieldset>
      ) : null}
      {asked === "assign" ? (
        <>
          <label className={styles.field}>
            <span>{t("work.assignee")}</span>
            <input data-first value={assignee} maxLength={120} onChange={(event) => setAssignee(event.target.value)} />
          </label>
          <label className={styles.field}>
            <span>{t("work.due")}</span>
            <input type="datetime-local" value={due} onChange={(event) => setDue(event.target.value)} />
          </label>
        </>
      ) : null}
      {asked === "shelve" ? (
        <label className={styles.field}>
          <span>{t("work.shelveFor")}</span>
          <select data-first value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {shelves.map((one) => (
              <option key={one} value={one}>
                {t("work.hours", { count: one })}
              </option>
            ))}
          </select>
          {now === null ? null : (
            <span className={styles.hint}>
              {t("work.shelveHint", { time: formatDateTime(now + hours * hour, lang) })}
            </span>
          )}
        </label>
      ) : null}
      <label className={styles.field}>
        <span>{asked === "comment" ? t("work.comment") : t("work.commentOptional")}</span>
        <textarea
          {...(asked === "comment" ? { "data-first": true } : {})}
          rows={3}
          maxLength={2000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </label>
      <div className={styles.buttons}>
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button kind="primary" type="submit" disabled={busy || deed() === null}>
          {t(`work.action.${asked}`)}
        </Button>
      </div>
    </form>
  );
}

const iso = (time: number): string => new Date(time).toISOString();
