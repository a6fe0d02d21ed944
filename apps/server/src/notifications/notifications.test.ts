import { setTimeout as wait } from "node:timers/promises";
import type { ChannelItem, Incident, IncidentMember, Notice, NoticeRoutes } from "@ioc/contracts";
import type { ClientToServer, LiveFrame, ServerToClient } from "@ioc/contracts";
import { io, type Socket } from "socket.io-client";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { floodStreet } from "../testing/flooded-street.ts";
import { startTestServer, testKey } from "../testing/start-test-server.ts";
import { deskPack } from "./test-pack.ts";
import { httpReceiver, pushReceiver, smtpReceiver } from "./test-receivers.ts";

const withKey = { Authorization: `Bearer ${testKey}` };
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
type Server = Awaited<ReturnType<typeof startTestServer>>;

async function get<T>(server: Server, path: string): Promise<T> {
  return (await server.call(path, undefined, withKey)).json() as T;
}

async function until<T>(read: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (fits(value)) return value;
    await wait(100);
  }
}

test("an alert is told on every channel that is configured, once each", { timeout: 120_000 }, async () => {
  await using mail = await smtpReceiver();
  await using web = await httpReceiver();
  using pack = deskPack(`${web.url}/hook`);
  await using server = await startTestServer({
    IOC_CITY: pack.path,
    IOC_PUBLIC_URL: "https://ioc.example",
    IOC_SMTP_URL: mail.url,
    IOC_SMTP_FROM: "City IOC <ioc@city.example>",
    IOC_WEBHOOK_SECRET: secret,
    IOC_VAPID_PRIVATE_KEY: "NbO3GlEHd5sbTZPMoQmzLVBwWXG_cHb40a2UbO3RNQ4",
    IOC_VAPID_SUBJECT: "mailto:ioc@city.example",
    IOC_SMS_URL: `${web.url}/sms`,
    IOC_NOTIFY_ALLOW: "127.0.0.1",
  });
  const browser = pushReceiver();
  const subscription = { endpoint: `${web.url}/push`, keys: browser.keys };
  const subscribed = await server.send("PUT", "/api/v1/push-subscriptions", { contact: "desk", subscription }, withKey);
  expect(subscribed.status).toBe(200);

  const socket: Socket<ServerToClient, ClientToServer> = io(server.url, { path: "/live", transports: ["websocket"] });
  const live: { incidents: Incident[]; notices: Notice[] } = { incidents: [], notices: [] };
  socket.on("frame", ({ data }: LiveFrame) => {
    if ("incidents" in data) live.incidents.push(...data.incidents);
    if ("notices" in data) live.notices.push(...data.notices);
  });
  for (const topic of ["incidents", "notifications"]) {
    expect(await socket.emitWithAck("subscribe", { topic })).toEqual({ ok: true });
  }

  const station = await floodStreet(server);
  const { items } = await until(
    () => get<{ items: Notice[] }>(server, "/api/v1/notifications"),
    (list) => list.items.length >= 5 && list.items.every(({ state }) => state !== "waiting"),
  );
  expect(items.map(({ channel, state, error }) => [channel, state, error]).sort()).toEqual([
    ["email", "sent", null],
    ["in-app", "sent", null],
    ["push", "sent", null],
    ["sms", "sent", null],
    ["webhook", "sent", null],
  ]);
  const { items: incidents } = await get<{ items: Incident[] }>(server, "/api/v1/incidents");
  const [incident] = incidents;
  const whole = await get<Incident & { alerts: IncidentMember[] }>(server, `/api/v1/incidents/${incident?.id}`);
  expect(whole.alerts).toMatchObject([{ subject: { id: station.id }, work: "new" }]);
  for (const { key } of items) expect(key).toContain(`${whole.alerts[0]?.alert}/opened-`);
  const byAlert = await get<{ total: number }>(server, `/api/v1/notifications?alert=${whole.alerts[0]?.alert}`);
  expect(byAlert.total).toBe(5);

  const link = `https://ioc.example/console/incidents/${incident?.id}`;
  const [text = ""] = mail.mails.map((one) => one.text.replaceAll("=\r\n", ""));
  for (const said of [station.name.en, "What to do", link]) expect(text).toContain(said.slice(0, 20));
  const hook = web.received.find(({ url }) => url === "/hook");
  const event = new Webhook(secret).verify(hook?.body.toString() ?? "", hook?.headers as Record<string, string>);
  expect(event).toMatchObject({ type: "org.city-ioc.incident.opened", data: { link, alerts: whole.alerts } });
  const sms = web.received.find(({ url }) => url === "/sms");
  expect(JSON.parse(sms?.body.toString() ?? "")).toMatchObject({ to: "+84900000001" });
  const push = web.received.find(({ url }) => url === "/push");
  expect(JSON.parse(browser.decrypt(push?.body ?? Buffer.alloc(0)))).toMatchObject({ tag: incident?.id });
  await until(
    async () => live,
    ({ incidents, notices }) => incidents.some(({ id }) => id === incident?.id) && notices.length > 0,
  );
  expect(live.notices).toMatchObject([{ channel: "in-app", recipient: "desk", incident: incident?.id }]);
  socket.disconnect();

  // Who acknowledges the alert pauses everything that would still be told.
  const [member] = whole.alerts;
  const { sequence } = await get<{ sequence: number }>(server, `/api/v1/alerts/${member?.alert}`);
  const deed = await server.call(`/api/v1/alerts/${member?.alert}/actions`, { action: "acknowledge", sequence });
  expect(deed.status).toBe(200);
  const paused = await get<Incident>(server, `/api/v1/incidents/${incident?.id}`);
  expect([incident?.newMembers, incident?.repeatAt === null]).toEqual([1, false]);
  expect(paused).toMatchObject({ state: "open", newMembers: 0, stepAt: null, repeatAt: null });

  // Nothing of an address or a secret is ever answered.
  const paths = ["/notifications", "/notification-channels", "/notification-routes", "/incidents", "/city", "/system"];
  for (const path of paths) {
    const answer = await server.call(`/api/v1${path}`, undefined, withKey);
    for (const hidden of ["@ioc.example", "+8490", secret, "NbO3GlEH", mail.url, `${web.url}/hook`]) {
      expect(answer.text).not.toContain(hidden);
    }
  }
});

test(
  "what fails is tried again, then shown as failed, and can be sent once it is mended",
  { timeout: 120_000 },
  async () => {
    await using web = await httpReceiver([410]);
    using pack = deskPack(web.url);
    await using server = await startTestServer({
      IOC_CITY: pack.path,
      IOC_WEBHOOK_SECRET: secret,
      IOC_SMTP_URL: "smtp://127.0.0.1:1",
      IOC_SMTP_FROM: "ioc@city.example",
      IOC_NOTIFY_ALLOW: "127.0.0.1",
    });
    await floodStreet(server);
    const of = async (channel: string) =>
      (await get<{ items: Notice[] }>(server, `/api/v1/notifications?channel=${channel}`)).items[0];
    const failed = await until(
      () => of("webhook"),
      (notice) => notice?.state === "failed",
    );
    expect(failed).toMatchObject({ attempts: 1, error: "the receiver answered 410", sentAt: null });
    const waiting = await until(
      () => of("email"),
      (notice) => notice?.error !== null,
    );
    expect(waiting).toMatchObject({ state: "waiting", attempts: 1 });
    expect(waiting?.retryAt).toBeGreaterThan(Date.now());
    const { items } = await get<{ items: ChannelItem[] }>(server, "/api/v1/notification-channels");
    expect(items.find(({ id }) => id === "webhook")).toMatchObject({
      failed: 1,
      lastError: "the receiver answered 410",
    });
    expect(items.find(({ id }) => id === "sms")).toMatchObject({ configured: false, needs: ["IOC_SMS_URL"] });

    web.answers.splice(0, 1, 204);
    const path = `/api/v1/notifications/${failed?.id}/retry`;
    expect((await server.call(path, {})).json()).toMatchObject({ state: "waiting", key: failed?.key });
    await until(
      () => of("webhook"),
      (notice) => notice?.state === "sent",
    );
    const [first, second] = web.received;
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect((await server.call(path, {})).status).toBe(409);
    expect((await server.call("/api/v1/notifications/999/retry", {})).status).toBe(404);
  },
);

test(
  "as it comes, nothing leaves the installation; routes are shown with who is on call",
  { timeout: 60_000 },
  async () => {
    await using server = await startTestServer();
    const { items } = await get<{ items: ChannelItem[] }>(server, "/api/v1/notification-channels");
    expect(items.filter(({ configured }) => configured).map(({ id }) => id)).toEqual(["in-app", "mqtt"]);
    const routes = await get<NoticeRoutes>(server, "/api/v1/notification-routes");
    expect(routes.onCall.find(({ centre, role }) => centre === "oc-city" && role === "leader")?.contacts).toHaveLength(
      1,
    );
    expect(routes.contacts.find(({ id }) => id === "partner-systems")?.channels).toEqual(["webhook", "mqtt"]);
    const tested = async (channel: string, contact: string) =>
      (await server.call(`/api/v1/notification-channels/${channel}/test`, { contact })).json();
    expect(await tested("email", "desk-city-day")).toEqual({
      sent: false,
      error: "the channel needs IOC_SMTP_URL and IOC_SMTP_FROM",
    });
    expect(await tested("in-app", "desk-city-day")).toEqual({ sent: true, error: null });
    expect((await server.call("/api/v1/notification-channels/fax/test", { contact: "desk-city-day" })).status).toBe(
      404,
    );
    expect((await server.call("/api/v1/notification-channels/email/test", { contact: "ghost" })).status).toBe(400);
    for (const path of ["/notifications", "/notification-routes"]) {
      expect((await server.call(`/api/v1${path}`)).status).toBe(401);
    }
    expect((await server.call("/api/v1/incidents/none")).status).toBe(404);
    const subscription = { endpoint: "https://push.example/1", keys: pushReceiver().keys };
    const body = { contact: "desk-city-day", subscription };
    expect((await server.send("PUT", "/api/v1/push-subscriptions", body, withKey)).status).toBe(503);
  },
);
