import { useState } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Notice, NoticeState } from "@ioc/contracts";
import { formatShortDateTime } from "@ioc/charts/time";
import { noticeRoutesQuery, noticesQuery, retryNotice } from "../../data/index.ts";
import { RequestFailed } from "../../data/request.ts";
import { useLang } from "../../texts/index.ts";
import { Button, DataTable, EmptyState, ErrorState, say, Skeleton, useKeyed } from "../../ui/controls/index.ts";
import { useReadKey } from "./use-read-key.tsx";
import styles from "./incidents.module.css";

const states = ["waiting", "sent", "failed"] as const;

interface Props {
  filter: { incident?: string; alert?: string };
  /** Buttons to choose a state. */
  choose?: boolean;
}

/** Notices that were sent, wait or have failed, for who holds an API key. */
export function NoticesSection({ filter, choose = false }: Props) {
  const { t } = useTranslation("incidents");
  const { key, ask } = useReadKey();
  const [state, setState] = useState<NoticeState | null>(null);
  const query = useQuery(noticesQuery({ ...filter, ...(state ? { state } : {}) }, key));
  const refused =
    query.error instanceof RequestFailed && (query.error.problem.status === 401 || query.error.problem.status === 403);
  return (
    <section className={styles.part}>
      <h2>{t("notices.title")}</h2>
      {choose && key !== null ? (
        <div role="group" aria-label={t("notices.state")} className={styles.filter}>
          {states.map((one) => (
            <Button key={one} aria-pressed={state === one} onClick={() => setState(state === one ? null : one)}>
              {t(`noticeState.${one}`)}
            </Button>
          ))}
        </div>
      ) : null}
      {key === null || refused ? (
        ask
      ) : query.data ? (
        query.data.items.length === 0 ? (
          <EmptyState>{t(state ? "notices.noneAt" : "notices.none")}</EmptyState>
        ) : (
          <NoticeTable notices={query.data.items} apiKey={key} />
        )
      ) : query.isError ? (
        <ErrorState problem={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={160} />
      )}
    </section>
  );
}

function NoticeTable({ notices, apiKey }: { notices: readonly Notice[]; apiKey: string }) {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const contacts = useQuery(noticeRoutesQuery(apiKey)).data?.contacts;
  const nameOf = (id: string) => contacts?.find((one) => one.id === id)?.name[lang] ?? id;
  return (
    <DataTable
      caption={t("notices.title")}
      hideCaption
      rows={notices}
      rowKey={(one) => one.key}
      pageSize={50}
      columns={[
        {
          id: "time",
          header: t("notices.time"),
          render: (one) => formatShortDateTime(one.createdAt, lang, { seconds: true }),
        },
        { id: "reason", header: t("notices.reason"), render: (one) => t(`reason.${one.reason}`) },
        { id: "channel", header: t("notices.channel"), render: (one) => t(`channel.${one.channel}`) },
        { id: "to", header: t("notices.recipient"), rowHeader: true, render: (one) => nameOf(one.recipient) },
        { id: "state", header: t("notices.state"), render: (one) => <State notice={one} /> },
        {
          id: "error",
          header: t("notices.error"),
          render: (one) => (
            <span className={styles.error} lang="en">
              {one.error ?? ""}
            </span>
          ),
        },
      ]}
    />
  );
}

/** State in words, with the next attempt of what waits and a way to send again what has failed. */
function State({ notice }: { notice: Notice }) {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const retry = async () => {
    if (!(await withKey((key) => retryNotice(notice.id, key)))) return;
    say(t("notices.retried"));
    await client.invalidateQueries({ queryKey: ["notifications"] });
  };
  return (
    <span className={styles.state} data-state={notice.state}>
      {t(`noticeState.${notice.state}`)}
      {notice.retryAt === null
        ? null
        : ` · ${t("notices.nextTry", { time: formatShortDateTime(notice.retryAt, lang, { seconds: true }) })}`}
      {notice.state === "failed" ? (
        <>
          {" "}
          <Button
            onClick={() => void retry().catch((error: unknown) => say(t("channels.notSent", { error: String(error) })))}
          >
            {t("notices.retry")}
          </Button>
          {keyDialog}
        </>
      ) : null}
    </span>
  );
}
