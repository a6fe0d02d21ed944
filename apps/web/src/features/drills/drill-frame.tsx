import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ModeFrame } from "../../ui/controls/index.ts";
import styles from "./drills.module.css";

/** Hatch and word round everything of an exercise, so that nobody takes it for the truth. */
export function DrillFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation("drills");
  return (
    <ModeFrame active>
      <div className={styles.scroll}>
        <p className={styles.word}>{t("word")}</p>
        {children}
      </div>
    </ModeFrame>
  );
}
