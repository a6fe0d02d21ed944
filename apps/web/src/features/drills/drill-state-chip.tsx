import { useTranslation } from "react-i18next";
import type { Drill, DrillState } from "@ioc/contracts";
import { Icon } from "../../ui/icons/index.ts";
import type { UiGlyph } from "../../ui/icons/index.ts";
import styles from "./drills.module.css";

const icons: Record<DrillState, UiGlyph> = {
  preparing: "clock",
  playing: "clock",
  passed: "check",
  failed: "warning",
  stopped: "minus",
  broken: "slash",
};

/** How a drill stands: a glyph and a word. */
export function DrillStateChip({ drill }: { drill: Pick<Drill, "state"> }) {
  const { t } = useTranslation("drills");
  return (
    <span className={styles.state} data-state={drill.state}>
      <Icon name={icons[drill.state]} size={16} /> {t(`state.${drill.state}`)}
    </span>
  );
}
