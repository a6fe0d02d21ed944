import { withUnit } from "@ioc/charts/units";
import type { CityPack } from "@ioc/city-pack";
import { subjectParts } from "@ioc/contracts";
import type { Channel, Incident, Lang, Network, Notice } from "@ioc/contracts";
import type { Database } from "@ioc/database";
import { createDirectory, messageOf, openNoticeStore, timingOf } from "@ioc/notifications";
import type { Config } from "../config/config.ts";
import type { HealthBoard } from "../health.ts";
import { messageOf as textOf, type Log } from "../log.ts";
import type { MqttBroker } from "../mqtt/broker.ts";
import { createNames } from "../names.ts";
import { DeliveryError } from "./delivery.ts";
import { createSenders, enabledChannels, needs, pushKey } from "./senders.ts";
import { OutboxWorker } from "./worker.ts";

interface NotificationOptions {
  config: Config;
  pack: CityPack;
  network: Network;
  database: Database;
  now(): number;
  wallNow(): number;
  health: HealthBoard;
  log: Log;
}

/** Who watches what notifications do. */
interface Watchers {
  incidents(changed: readonly Incident[]): void;
  /** A notice that was sent or has failed. */
  notice(notice: Notice): void;
}

/** Real ms between two looks into the outbox. */
const stepMs = 500;

export type Notifications = ReturnType<typeof createNotifications>;

/** Incidents, ladders and the outbox of a running server. `alongside` belongs into the store of alerts. */
export function createNotifications({ config, pack, network, database, ...rest }: NotificationOptions) {
  const { now, wallNow, health, log } = rest;
  const { scheme, timezone } = network;
  const directory = createDirectory(pack.notices, { centres: pack.centres, scheme, timezone });
  const enabled = enabledChannels(config);
  const store = openNoticeStore(database, { directory, timing: timingOf(pack.notices.grouping), enabled });
  const definitions = new Map(pack.warnings.map((one) => [one.id, one]));
  const nameOf = createNames(network);
  const nameOfSubject = (id: string) => ({ vi: nameOf(id, "vi"), en: nameOf(id, "en") });
  const wordingOf = (language: Lang) => ({
    language,
    timezone,
    // An item of the place is named by the headline.
    placeOf: ({ id }: { id: string }) => nameOfSubject(subjectParts(id).place),
    withUnit,
    publicUrl: config.publicUrl,
  });
  let broker: () => MqttBroker | null = () => null;
  const source = { source: config.publicUrl || `urn:ioc:${pack.id}` };
  const senders = createSenders(config, { outbox: store.outbox, broker: () => broker(), source });
  let watchers: Watchers = { incidents: () => {}, notice: () => {} };
  const worker = new OutboxWorker({
    store,
    directory,
    senders,
    write: (notice, incident, members, language) => {
      const definition = definitions.get(incident.definition) ?? null;
      return messageOf({ notice, incident, members, definition }, wordingOf(language));
    },
    now,
    wallNow,
    onDone: (notice) => watchers.notice(notice),
  });

  const tellIncidents = async () => {
    const ids = store.takeChanged();
    if (ids.length === 0) return;
    const found = await Promise.all(ids.map((id) => store.incidents.get(id)));
    watchers.incidents(found.filter((one) => one !== null));
  };

  return {
    store,
    directory,
    enabled,
    needs,
    publicKey: pushKey(config),
    plan: pack.notices,
    /** Of the scheme in use. */
    centres: pack.centres.filter((one) => one.scheme === scheme),
    alongside: store.alongside,
    /** Sends a message to a contact at once, beside the outbox. @throws {DeliveryError} */
    async test(channel: Channel, contactId: string): Promise<void> {
      const contact = directory.contact(contactId);
      const send = senders.get(channel);
      if (!contact) throw new DeliveryError(`there is no contact ${contactId}`, true);
      if (!send) throw new DeliveryError(`the channel needs ${needs[channel].join(" and ")}`, true);
      const title = contact.language === "vi" ? "Tin thử của City IOC" : "Test message of City IOC";
      const text =
        contact.language === "vi"
          ? `${title}\nKênh này hoạt động. Không cần làm gì.`
          : `${title}\nThis channel works. Nothing needs to be done.`;
      const at = wallNow();
      const message = { title, text, short: text, link: null };
      await send({
        key: `test-${at}/${channel}/${contactId}`,
        reason: "test",
        contact,
        message,
        incident: null,
        members: [],
        time: now(),
        at,
      });
    },
    /** Begins to take steps of ladders and to send; to be called when everything answers. */
    async start(parts: { broker(): MqttBroker | null; watchers: Watchers }): Promise<{ stop(): Promise<void> }> {
      broker = parts.broker;
      watchers = parts.watchers;
      await store.outbox.releaseClaims();
      let failed = false;
      let working: Promise<void> | null = null;
      const step = async () => {
        try {
          await store.tick(now());
          await tellIncidents();
          await worker.run();
          if (failed) health.set("notifications", "ok");
          failed = false;
        } catch (error) {
          if (!failed) log.error("notifications", textOf(error));
          failed = true;
          health.set("notifications", "degraded", textOf(error));
        }
        working = null;
      };
      health.set("notifications", "ok");
      const timer = setInterval(() => (working ??= step()), stepMs);
      return {
        async stop() {
          clearInterval(timer);
          await working;
        },
      };
    },
  };
}
