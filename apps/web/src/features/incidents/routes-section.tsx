import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { durationMs, type NoticeRoutes } from "@ioc/contracts";
import { formatDuration } from "@ioc/charts/time";
import { cityQuery, noticeRoutesQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";
import { DataTable, ErrorState, Skeleton } from "../../ui/controls/index.ts";
import { useCentreNames } from "./use-centre-names.ts";
import { useReadKey } from "./use-read-key.tsx";
import styles from "./incidents.module.css";

/** Who is on call now and which way an alert takes, for who holds an API key. */
export function RoutesSection() {
  const { key } = useReadKey();
  const query = useQuery(noticeRoutesQuery(key));
  // The section of notices asks for the key.
  if (key === null) return null;
  if (query.data) {
    return (
      <>
        <OnCall routes={query.data} />
        <Routes routes={query.data} />
      </>
    );
  }
  return query.isError ? (
    <ErrorState problem={query.error} retry={() => void query.refetch()} />
  ) : (
    <Skeleton height={240} />
  );
}

function OnCall({ routes }: { routes: NoticeRoutes }) {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const centre = useCentreNames();
  const nameOf = (id: string) => routes.contacts.find((one) => one.id === id)?.name[lang] ?? id;
  return (
    <section className={styles.part}>
      <h2>{t("onCall.title")}</h2>
      <DataTable
        caption={t("onCall.title")}
        hideCaption
        rows={routes.onCall}
        rowKey={(one) => `${one.centre} ${one.role}`}
        columns={[
          { id: "centre", header: t("onCall.centre"), rowHeader: true, render: (one) => centre(one.centre) },
          { id: "role", header: t("onCall.role"), render: (one) => t(`onCall.${one.role}`) },
          { id: "who", header: t("onCall.who"), render: (one) => one.contacts.map(nameOf).join(", ") },
        ]}
      />
    </section>
  );
}

function Routes({ routes }: { routes: NoticeRoutes }) {
  const { t } = useTranslation("incidents");
  const { t: words } = useTranslation();
  const lang = useLang();
  const centre = useCentreNames();
  const domains = useQuery(cityQuery()).data?.domains;
  const domain = (id: string) => domains?.find((one) => one.id === id)?.name[lang] ?? id;
  type Route = NoticeRoutes["routes"][number];
  const whenOf = ({ when }: Route): string => {
    const parts = [
      when.atLeast && t("routes.atLeast", { severity: words(`severity.${when.atLeast}`) }),
      when.levels?.map((level) => `${t("column.level")} ${level}`).join(", "),
      when.domains?.map(domain).join(", "),
      when.definitions?.join(", "),
      when.centres?.map(centre).join(", "),
      when.hours && `${when.hours.from}–${when.hours.to}`,
    ].filter((part) => part !== undefined);
    return parts.length > 0 ? parts.join(" · ") : t("routes.always");
  };
  const afterOf = (after: string): string => {
    const ms = durationMs(after) ?? 0;
    return ms === 0 ? t("routes.atOnce") : t("routes.after", { duration: formatDuration(ms, lang) });
  };
  return (
    <section className={styles.part}>
      <h2>{t("routes.title")}</h2>
      <DataTable
        caption={t("routes.title")}
        hideCaption
        rows={routes.routes}
        rowKey={(one) => one.id}
        columns={[
          { id: "name", header: t("routes.name"), rowHeader: true, render: (one) => one.name[lang] },
          { id: "when", header: t("routes.when"), render: whenOf },
          {
            id: "ladder",
            header: t("routes.ladder"),
            render: (one) => (
              <ol className={styles.ladder}>
                {one.ladder.map((step) => (
                  <li key={`${step.after} ${step.to}`}>
                    {t(`routes.to.${step.to}`)}, {afterOf(step.after)}:{" "}
                    {step.channels.map((channel) => t(`channel.${channel}`)).join(", ")}
                  </li>
                ))}
              </ol>
            ),
          },
        ]}
      />
    </section>
  );
}
