import type { ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Alert, AlertAction } from "@ioc/contracts";
import { acknowledgeAlerts, actOnAlert, alertQuery } from "../../data/index.ts";
import { RequestFailed } from "../../data/request.ts";
import { say, useKeyed } from "../../ui/controls/index.ts";

type Sequenced = Exclude<AlertAction, { action: "comment" }>;
type Without<T> = T extends unknown ? Omit<T, "sequence"> : never;
/** A deed; the state of the alert that it was decided on is added. */
export type Deed = Without<Sequenced> | { action: "comment"; comment: string };

interface Acting {
  /** Whether it was done; why not is told to the reader. */
  act: (alert: Pick<Alert, "id" | "sequence">, deed: Deed) => Promise<boolean>;
  /** Acknowledges many, each as it is seen. */
  acknowledgeAll: (alerts: readonly Alert[]) => Promise<void>;
  /** Stands somewhere in the component. */
  keyDialog: ReactNode;
}

/** Does things about alerts in the name of who holds an API key, and says what came of it. */
export function useAct(): Acting {
  const { t } = useTranslation("alerts");
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const reread = () => {
    for (const queryKey of [["alerts"], ["alert-events"], ["explanation"]]) void client.invalidateQueries({ queryKey });
  };
  const failed = (error: unknown) => {
    const problem = error instanceof RequestFailed ? error.problem : null;
    if (problem?.status !== 409) say(t("work.failed", { detail: problem?.detail ?? problem?.title ?? String(error) }));
    else say(problem.errors?.[0]?.path === "body.sequence" ? t("work.changed") : t("work.refused"));
  };
  return {
    keyDialog,
    async act({ id, sequence }, deed) {
      try {
        const done = await withKey((key) => actOnAlert(id, { ...deed, sequence } as AlertAction, key));
        if (!done) return false;
        client.setQueryData(alertQuery(id).queryKey, done);
        reread();
        say(t(`work.done.${deed.action}`));
        return true;
      } catch (error) {
        failed(error);
        void client.invalidateQueries({ queryKey: alertQuery(id).queryKey });
        return false;
      }
    },
    async acknowledgeAll(alerts) {
      try {
        const answer = await withKey((key) => acknowledgeAlerts(alerts, key));
        if (!answer) return;
        const done = answer.items.filter(({ outcome }) => outcome === "done").length;
        say(t("work.doneMany", { done, of: answer.total }));
        reread();
      } catch (error) {
        failed(error);
      }
    },
  };
}
