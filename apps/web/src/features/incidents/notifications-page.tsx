import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ChannelsSection } from "./channels-section.tsx";
import { NoticesSection } from "./notices-section.tsx";
import { RoutesSection } from "./routes-section.tsx";
import styles from "./incidents.module.css";

/** What was told to whom, by which channels, and who would be told now. */
export function NotificationsPage({ back }: { back: ReactNode }) {
  const { t } = useTranslation("incidents");
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        <header className={styles.head}>
          <h1>{t("notificationsTitle")}</h1>
          <p className={styles.quiet}>{t("notificationsLead")}</p>
        </header>
        <ChannelsSection />
        <NoticesSection filter={{}} choose />
        <RoutesSection />
      </div>
    </div>
  );
}
