import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RequestFailed } from "../../data/request.ts";
import { Icon } from "../icons/index.ts";
import styles from "./states.module.css";
import { Button } from "./button.tsx";

interface EmptyProps {
  children: ReactNode;
  /** What the reader can do about it, for example clear the filters. */
  action?: ReactNode;
}

/** Nothing to show, and why. Calm: no colour, no picture. */
export function EmptyState({ children, action }: EmptyProps) {
  return (
    <div className={styles.state}>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** A request that failed: what happened, an id that can be quoted, and a way to try again. */
export function ErrorState({ problem, retry }: { problem: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const failed = problem instanceof RequestFailed ? problem : null;
  const status = failed?.problem.status;
  return (
    <div className={styles.state} role="alert">
      <p>
        <Icon name="warning" size={20} />{" "}
        {status === 429
          ? t("error.rateLimited")
          : status === 0
            ? t("error.offline")
            : status === 404
              ? t("error.notFound")
              : t("error.load", { code: failed?.code ?? "0000" })}
      </p>
      {retry ? <Button onClick={retry}>{t("retry")}</Button> : null}
    </div>
  );
}

/** Place holder of the final size while data is loaded for the first time; appears after 150 ms. */
export function Skeleton({ height, width = "100%" }: { height: number | string; width?: number | string }) {
  return <div className={styles.skeleton} style={{ height, width }} aria-busy />;
}
