import { useState } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Alert } from "@ioc/contracts";
import { Button, Dialog } from "../../ui/controls/index.ts";
import styles from "./work.module.css";

/** Alerts that are acknowledged at once at most, as many as the server takes. */
const mostAtOnce = 1_000;

interface Props {
  /** As the list shows them. */
  alerts: readonly Alert[];
  onAcknowledge: (alerts: readonly Alert[]) => Promise<void>;
  /** Way to the suppressions. */
  suppressions: ReactNode;
}

/** What can be done about the whole list. */
export function AlertTools({ alerts, onAcknowledge, suppressions }: Props) {
  const { t } = useTranslation("alerts");
  const { t: common } = useTranslation();
  const [asked, setAsked] = useState<readonly Alert[] | null>(null);
  const fresh = alerts.filter(({ work, condition }) => work === "new" && condition !== "pending").slice(0, mostAtOnce);
  return (
    <div className={styles.tools}>
      <Button disabled={fresh.length === 0} onClick={() => setAsked(fresh)}>
        {t("work.acknowledgeAll", { count: fresh.length })}
      </Button>
      {suppressions}
      <Dialog open={asked !== null} onClose={() => setAsked(null)} title={t("work.askAllTitle")}>
        <div className={styles.form}>
          <p>{t("work.askAll", { count: asked?.length ?? 0 })}</p>
          <div className={styles.buttons}>
            <Button data-first onClick={() => setAsked(null)}>
              {common("cancel")}
            </Button>
            <Button
              kind="primary"
              onClick={() => {
                setAsked(null);
                void onAcknowledge(asked ?? []);
              }}
            >
              {t("work.action.acknowledge")}
            </Button>
          </div>
        </div>
      </Dialog>
    </div>
  );
}
