import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Simulation } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { useLang } from "../../texts/index.ts";
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

/** How far the played city departs from the pace of a real one; nothing where it does not. */
export function PaceWords({ simulation }: { simulation: Pick<Simulation, "speed" | "sampling"> }) {
  const { t } = useTranslation();
  const lang = useLang();
  const words = [
    simulation.speed === 1 ? null : t("simulated.speed", { speed: formatNumber(simulation.speed, lang) }),
    simulation.sampling === 1 ? null : t("simulated.sampling", { sampling: formatNumber(simulation.sampling, lang) }),
  ].filter((word) => word !== null);
  return words.length === 0 ? null : <span>{words.join(" · ")}</span>;
}
