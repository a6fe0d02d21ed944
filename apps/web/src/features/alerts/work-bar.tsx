import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { useLang } from "../../texts/index.ts";
import { Button } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import { useAct } from "./use-act.tsx";
import { WorkDialog } from "./work-dialog.tsx";
import type { AskedDeed } from "./work-dialog.tsx";
import styles from "./work.module.css";

type Press = "acknowledge" | "start" | "close" | "reopen" | "unshelve";

/** What can be done about an alert as it is, the next step first. */
export function deedsOf({ work, condition, handling }: Pick<Alert, "work" | "condition" | "handling">): {
  press: readonly Press[];
  ask: readonly AskedDeed[];
} {
  const shelf: { press: readonly Press[]; ask: readonly AskedDeed[] } =
    handling.shelvedUntil === null ? { press: [], ask: ["shelve"] } : { press: ["unshelve"], ask: [] };
  switch (work) {
    case "new":
      return { press: ["acknowledge", "start", ...shelf.press], ask: ["resolve", "assign", ...shelf.ask, "comment"] };
    case "acknowledged":
      return { press: ["start", ...shelf.press], ask: ["resolve", "assign", ...shelf.ask, "comment"] };
    case "in-progress":
      return { press: shelf.press, ask: ["resolve", "assign", ...shelf.ask, "comment"] };
    case "resolved":
      return { press: condition === "cleared" ? ["close", "reopen"] : ["reopen"], ask: ["assign", "comment"] };
    case "closed":
      return { press: ["reopen"], ask: ["comment"] };
  }
}

/** The human side of an alert: where it stands, who has it, what keeps it from being told, and what can be done. */
export function WorkBar({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const { t: common } = useTranslation();
  const { act, keyDialog } = useAct();
  const [asked, setAsked] = useState<AskedDeed | null>(null);
  const { press, ask } = deedsOf(alert);
  return (
    <section className={styles.bar} aria-label={t("work.label")}>
      <p className={styles.state}>
        <strong>{common(`work.${alert.work}`)}</strong>
        <Standing alert={alert} />
      </p>
      <SuppressedBy alert={alert} />
      <div className={styles.deeds}>
        {press.map((action, index) => (
          <Button
            key={action}
            kind={index === 0 && action !== "reopen" && action !== "unshelve" ? "primary" : "plain"}
            onClick={() => void act(alert, { action })}
          >
            {t(`work.action.${action}`)}
          </Button>
        ))}
        {ask.map((deed) => (
          <Button key={deed} onClick={() => setAsked(deed)}>
            {t(`work.action.${deed}`)}
          </Button>
        ))}
      </div>
      <WorkDialog alert={alert} asked={asked} onClose={() => setAsked(null)} onDeed={(deed) => act(alert, deed)} />
      {keyDialog}
    </section>
  );
}

function Standing({ alert: { handling } }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  const { acknowledgedLevel, resolution, assignee, dueAt } = handling;
  return (
    <>
      {acknowledgedLevel === null ? null : <span>{t("work.atLevel", { level: acknowledgedLevel })}</span>}
      {resolution === null ? null : <span>{t(`resolution.${resolution}`)}</span>}
      {assignee === null ? null : <span>{t("work.has", { assignee })}</span>}
      {dueAt === null ? null : <span>{t("work.dueAt", { time: formatDateTime(dueAt, lang) })}</span>}
    </>
  );
}

function SuppressedBy({ alert }: { alert: Alert }) {
  const { t } = useTranslation("alerts");
  const lang = useLang();
  if (alert.suppressedBy.length === 0) return null;
  return (
    <ul className={styles.suppressed}>
      {alert.suppressedBy.map(({ kind, id, until }) => (
        <li key={`${kind} ${id}`}>
          <Icon name="bell-off" size={16} />
          {until === null
            ? t("suppressed.by", { reason: t(`suppressed.${kind}`) })
            : t("suppressed.until", { reason: t(`suppressed.${kind}`), time: formatDateTime(until, lang) })}
        </li>
      ))}
    </ul>
  );
}
