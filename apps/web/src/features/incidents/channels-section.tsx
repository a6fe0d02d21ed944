import { useState } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { ChannelItem } from "@ioc/contracts";
import { formatNumber } from "@ioc/charts/format";
import { channelsQuery, noticeRoutesQuery, savePushSubscription, testChannel } from "../../data/index.ts";
import { useApiKey } from "../../data/api-key.ts";
import { useLang } from "../../texts/index.ts";
import { Button, DataTable, Dialog, ErrorState, say, Skeleton, useKeyed } from "../../ui/controls/index.ts";
import { subscribeToPush } from "./subscribe-to-push.ts";
import styles from "./incidents.module.css";

/** Each channel: whether it is configured, what it has sent, waits for and failed at, and a way to try it. */
export function ChannelsSection() {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const query = useQuery(channelsQuery());
  const [tested, setTested] = useState<ChannelItem | null>(null);
  const count = (id: "waiting" | "sent" | "failed") => ({
    id,
    header: t(`channels.${id}`),
    numeric: true,
    render: (one: ChannelItem) => formatNumber(one[id], lang),
  });
  return (
    <section className={styles.part}>
      <h2>{t("channels.title")}</h2>
      {query.data ? (
        <DataTable
          caption={t("channels.title")}
          hideCaption
          rows={query.data.items}
          rowKey={(one) => one.id}
          columns={[
            { id: "name", header: t("channels.name"), rowHeader: true, render: (one) => t(`channel.${one.id}`) },
            {
              id: "state",
              header: t("channels.state"),
              render: (one) => (
                <span className={styles.state} data-state={one.configured ? "on" : "off"}>
                  {one.configured
                    ? t("channels.on")
                    : `${t("channels.off")}: ${t("channels.needs", { settings: one.needs.join(", ") })}`}
                </span>
              ),
            },
            count("waiting"),
            count("sent"),
            count("failed"),
            {
              id: "error",
              header: t("channels.lastError"),
              render: (one) => (
                <span className={styles.error} lang="en">
                  {one.lastError ?? ""}
                </span>
              ),
            },
            {
              id: "test",
              header: t("channels.test"),
              render: (one) => (
                <Button
                  disabled={!one.configured}
                  aria-label={t("channels.testTitle", { channel: t(`channel.${one.id}`) })}
                  onClick={() => setTested(one)}
                >
                  {t("channels.test")}
                </Button>
              ),
            },
          ]}
        />
      ) : query.isError ? (
        <ErrorState problem={query.error} retry={() => void query.refetch()} />
      ) : (
        <Skeleton height={240} />
      )}
      <Dialog
        open={tested !== null}
        onClose={() => setTested(null)}
        title={tested ? t("channels.testTitle", { channel: t(`channel.${tested.id}`) }) : ""}
      >
        {tested ? <TestForm channel={tested} onDone={() => setTested(null)} /> : null}
      </Dialog>
    </section>
  );
}

function TestForm({ channel, onDone }: { channel: ChannelItem; onDone: () => void }) {
  const { t } = useTranslation("incidents");
  const lang = useLang();
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const routes = useQuery(noticeRoutesQuery(useApiKey((state) => state.key)));
  // Anybody can get push messages once a browser is subscribed for them.
  const contacts =
    routes.data?.contacts.filter((one) => channel.id === "push" || one.channels.includes(channel.id)) ?? [];
  const [chosen, setChosen] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const contact = chosen || (contacts[0]?.id ?? "");
  const name = t(`channel.${channel.id}`);
  const attempt = async (act: () => Promise<string | null>) => {
    setBusy(true);
    setError(await act().catch((fault: unknown) => (fault instanceof Error ? fault.message : String(fault))));
    setBusy(false);
  };
  const send = () =>
    attempt(async () => {
      const outcome = await withKey((key) => testChannel(channel.id, contact, key));
      if (!outcome) return null;
      if (!outcome.sent) return outcome.error ?? "";
      say(t("channels.tested", { channel: name }));
      onDone();
      return null;
    });
  const subscribe = () =>
    attempt(async () => {
      const subscription = await subscribeToPush(channel.publicKey ?? "");
      if (!subscription) return t("channels.noPush");
      if (!(await withKey((key) => savePushSubscription(contact, subscription, key)))) return null;
      await client.invalidateQueries({ queryKey: ["notification-routes"] });
      say(t("channels.subscribed", { contact: contacts.find(({ id }) => id === contact)?.name[lang] ?? contact }));
      return null;
    });
  if (!routes.data) {
    const open = () => withKey((key) => client.fetchQuery(noticeRoutesQuery(key))).catch(() => undefined);
    return (
      <div className={styles.form}>
        <p>{t("notices.key")}</p>
        <Button kind="primary" data-first onClick={() => void open()}>
          {t("notices.show")}
        </Button>
        {keyDialog}
      </div>
    );
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        <span>{t("channels.to")}</span>
        <select data-first value={contact} onChange={(event) => setChosen(event.target.value)}>
          {contacts.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name[lang]}
            </option>
          ))}
        </select>
      </label>
      {error === null ? null : <p role="alert">{t("channels.notSent", { error })}</p>}
      <div className={styles.filter}>
        {channel.publicKey === null ? null : (
          <Button disabled={busy || contact === ""} onClick={() => void subscribe()}>
            {t("channels.subscribe")}
          </Button>
        )}
        <Button kind="primary" type="submit" disabled={busy || contact === ""}>
          {t("channels.send")}
        </Button>
      </div>
      {keyDialog}
    </form>
  );
}
