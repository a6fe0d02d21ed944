import { useTranslation } from "react-i18next";
import { formatTime } from "@ioc/charts/time";
import { useConnection } from "../../data/live/index.ts";
import { Icon } from "../icons/index.ts";
import styles from "./connection.module.css";

/** State of the live connection in a word. A loss under five seconds is not shown. */
export function ConnectionChip() {
  const { t } = useTranslation();
  const { phase, caughtUp } = useConnection();
  const online = phase === "online" || phase === "quiet";
  return (
    <span className={styles.chip} data-phase={phase} role="status">
      {phase === "disconnected" ? (
        <Icon name="slash" size={16} />
      ) : (
        <span className={online ? styles.dot : styles.hollow} />
      )}
      {caughtUp === null ? t(`connection.${phase}`) : t("connection.back", { count: caughtUp })}
    </span>
  );
}

/** Banner once the connection is lost for more than half a minute; says what is still shown. */
export function ConnectionBanner({ dataTime }: { dataTime: number | null }) {
  const { t } = useTranslation();
  const { phase, lostAt } = useConnection();
  if (phase !== "disconnected") return null;
  const text =
    lostAt !== null && dataTime !== null
      ? t("connection.banner", { since: formatTime(lostAt), time: formatTime(dataTime, { seconds: true }) })
      : t("connection.bannerNoTime");
  return (
    <div className={styles.banner} role="alert">
      <Icon name="warning" size={20} />
      {text}
    </div>
  );
}
