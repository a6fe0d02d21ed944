import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WarningItem } from "@ioc/contracts";
import { useCityNow } from "../../data/live/index.ts";
import { Button, EmptyState, ErrorState, Skeleton, useKeyed } from "../../ui/controls/index.ts";
import { ComparisonTable } from "./comparison-table.tsx";
import { TrialAlerts } from "./trial-alerts.tsx";
import { TrialFields } from "./trial-fields.tsx";
import { trialOf } from "./trial.ts";
import { useBacktest } from "./use-backtest.ts";
import styles from "./warnings.module.css";

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const spans = [1, 7, 30, 90] as const;

/** Changed thresholds and durations over history, beside the definition in force. Nothing of it is kept. */
export function BacktestPanel({ definition }: { definition: WarningItem }) {
  const { t } = useTranslation("warnings");
  const [trial, setTrial] = useState(() => trialOf(definition));
  // Fields begin anew when they are put back.
  const [round, setRound] = useState(0);
  const [days, setDays] = useState<number>(7);
  const now = useCityNow(minuteMs);
  const { withKey, keyDialog } = useKeyed();
  const { comparison, problems, error, pending, run } = useBacktest(definition, withKey);
  const id = useId();
  const start = () => {
    if (now === null || pending) return;
    const to = Math.floor(now / minuteMs) * minuteMs;
    void run(trial, { from: to - days * dayMs, to });
  };
  return (
    <section className={styles.section} aria-labelledby={`${id}-title`} aria-busy={pending}>
      <h2 id={`${id}-title`}>{t("backtest")}</h2>
      <p className={styles.quiet}>{t("backtestHint")}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <TrialFields key={round} definition={definition} trial={trial} onTrial={setTrial} />
        <p className={styles.actions}>
          <label htmlFor={`${id}-days`}>{t("span")}</label>
          <select id={`${id}-days`} value={days} onChange={({ target }) => setDays(Number(target.value))}>
            {spans.map((one) => (
              <option key={one} value={one}>
                {t("lastDays", { count: one })}
              </option>
            ))}
          </select>
          <Button type="submit" kind="primary" disabled={pending || now === null}>
            {t("run")}
          </Button>
          <Button
            onClick={() => {
              setTrial(trialOf(definition));
              setRound(round + 1);
            }}
          >
            {t("reset")}
          </Button>
        </p>
      </form>
      <p role="status" className={styles.quiet}>
        {pending ? t("running") : comparison ? t("done") : ""}
      </p>
      {problems.length > 0 ? (
        <div role="alert" className={styles.problems}>
          <p>{t("problems")}</p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {error ? <ErrorState problem={error} retry={start} /> : null}
      {comparison ? (
        <>
          <ComparisonTable definition={definition} comparison={comparison} />
          <TrialAlerts definition={definition} found={comparison.changed ?? comparison.present} />
        </>
      ) : pending ? (
        <Skeleton height={240} />
      ) : error || problems.length > 0 ? null : (
        <EmptyState>{t("notRun")}</EmptyState>
      )}
      {keyDialog}
    </section>
  );
}
