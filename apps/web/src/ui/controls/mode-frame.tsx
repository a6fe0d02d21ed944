import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./mode-frame.module.css";

/** Diagonal hatch round the view while what is shown is not the plain truth (here: simulated). */
export function ModeFrame({ active, children }: { active: boolean; children: ReactNode }) {
  return (
    <div className={active ? styles.frame : styles.plain}>
      <div className={styles.inside}>{children}</div>
    </div>
  );
}

/** The word of the mode, with what it means as its tooltip and for screen readers. */
export function SimulatedWord() {
  const { t } = useTranslation();
  return (
    <span className={styles.word} title={t("simulated.note")}>
      {t("simulated.word")}
      <span className="visually-hidden">. {t("simulated.note")}</span>
    </span>
  );
}
