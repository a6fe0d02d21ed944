import { createPublicKey, verify } from "node:crypto";
import type { Contact, Incident, PushSubscription } from "@ioc/contracts";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import type { Delivery } from "./delivery.ts";
import { emailSender } from "./email.ts";
import { allowedHosts } from "./guarded-request.ts";
import { pushSender, vapidOf } from "./push.ts";
import { smsSender } from "./sms.ts";
import { httpReceiver, pushReceiver, smtpReceiver } from "./test-receivers.ts";
import { webhookSender } from "./webhook.ts";

const local = allowedHosts("127.0.0.1, localhost");
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const source = { source: "https://ioc.example" };

const contact: Contact = {
  id: "desk",
  name: { vi: "Trực ban", en: "Desk" },
  centre: "oc-city",
  language: "vi",
  inApp: true,
  mqtt: false,
  email: "desk@ioc.example",
  sms: "+84900000001",
};
const incident: Incident = {
  id: "w-flood.7",
  definition: "w-flood",
  name: { vi: "Ngập đường", en: "Street flood" },
  domain: "flood",
  centre: "oc-city",
  state: "open",
  storm: false,
  exercise: false,
  mergedInto: null,
  severity: "Severe",
  peakSeverity: "Severe",
  scale: "ioc",
  level: 3,
  headline: { vi: "Ngập", en: "Flood" },
  members: 1,
  openMembers: 1,
  newMembers: 1,
  openedAt: 0,
  joinedAt: 0,
  clearedAt: null,
  route: "serious",
  steps: 1,
  stepAt: null,
  repeatAt: null,
};

function delivery(given: Partial<Contact> = {}): Delivery {
  return {
    key: "w-flood.sf-1.1/opened-7/x/desk",
    reason: "opened",
    contact: { ...contact, ...given },
    message: {
      title: 'Mới · Nghiêm trọng: Ngập "Hải Châu" 0,42 m',
      text: "Mới · Nghiêm trọng: Ngập\nViệc cần làm: chặn đường",
      short: 'Mới · Nghiêm trọng: Ngập\nNơi: "Hải Châu" & sông',
      link: null,
    },
    incident,
    members: [],
    time: Date.UTC(2026, 0, 5, 1),
    at: Date.now(),
  };
}

/** The subject of a mail, put together from its encoded words (RFC 2047). */
function subjectOf(mail: string): string {
  const folded = /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(mail)?.[1] ?? "";
  const words = [...folded.matchAll(/=\?UTF-8\?([BQ])\?(.*?)\?=/gi)].map(([, kind, text = ""]) => {
    if (kind?.toUpperCase() === "B") return Buffer.from(text, "base64");
    const bytes = text
      .replaceAll("_", " ")
      .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, "latin1");
  });
  return Buffer.concat(words).toString("utf8");
}

describe("e-mail", () => {
  test("comes to a mail server as text in UTF-8, marked as automatic and urgent; twice with the same Message-ID", async () => {
    await using server = await smtpReceiver();
    const send = emailSender(server.url, "City IOC <ioc@city.example>");
    await send(delivery());
    await send(delivery());
    const [first, second] = server.mails;
    expect(first?.to).toEqual(["desk@ioc.example"]);
    expect(subjectOf(first?.text ?? "")).toBe('Mới · Nghiêm trọng: Ngập "Hải Châu" 0,42 m');
    expect(first?.text).toContain("From: City IOC <ioc@city.example>");
    expect(first?.text).toContain("Auto-Submitted: auto-generated");
    expect(first?.text).toContain("Importance: High");
    const id = (text?: string) => /^Message-ID: (<.+@city\.example>)\r$/im.exec(text ?? "")?.[1];
    expect(id(first?.text)).toBeDefined();
    expect(id(second?.text)).toBe(id(first?.text));
  });

  test("to an unknown address is given up, to one that is told to come later is not", async () => {
    await using server = await smtpReceiver();
    const send = emailSender(server.url, "ioc@city.example");
    await expect(send(delivery({ email: "unknown@ioc.example" }))).rejects.toMatchObject({ permanent: true });
    await expect(send(delivery({ email: "later@ioc.example" }))).rejects.toMatchObject({ permanent: false });
    expect(server.mails).toEqual([]);
  });

  test("with a wrong password, or without a server, waits for better settings", async () => {
    const send = emailSender("smtp://127.0.0.1:1", "ioc@city.example");
    await expect(send(delivery())).rejects.toMatchObject({ permanent: false });
    await using server = await smtpReceiver();
    const wrong = emailSender(server.url.replace(":right@", ":wrong@"), "ioc@city.example");
    await expect(wrong(delivery())).rejects.toMatchObject({ permanent: false });
  });
});

describe("a webhook", () => {
  test("is a CloudEvent 1.0 whose signature the receiver's library accepts; the id is the same twice", async () => {
    await using server = await httpReceiver();
    const send = webhookSender(secret, source, local);
    await send(delivery({ webhook: `${server.url}/events?a=1` }));
    await send(delivery({ webhook: `${server.url}/events?a=1` }));
    const [first, second] = server.received;
    expect(first?.url).toBe("/events?a=1");
    expect(first?.headers["content-type"]).toBe("application/cloudevents+json; charset=utf-8");
    const body = first?.body.toString("utf8") ?? "";
    const verified = new Webhook(secret).verify(body, first?.headers as Record<string, string>);
    expect(verified).toMatchObject({
      specversion: "1.0",
      id: "w-flood.sf-1.1/opened-7/x/desk",
      source: "https://ioc.example",
      type: "org.city-ioc.incident.opened",
      subject: "w-flood.7",
      time: "2026-01-05T01:00:00.000Z",
      datacontenttype: "application/json",
      data: { recipient: "desk", exercise: false, incident: { id: "w-flood.7" }, alerts: [] },
    });
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    const forged = body.replace("w-flood.7", "w-flood.8");
    expect(() => new Webhook(secret).verify(forged, first?.headers as Record<string, string>)).toThrow();
  });

  test("that is refused is tried again, one that is gone is not, and a redirection is not followed", async () => {
    await using server = await httpReceiver([500, 410, 302]);
    const send = webhookSender(secret, source, local);
    const outcome = () => send(delivery({ webhook: server.url })).catch((error: unknown) => error);
    expect(await outcome()).toMatchObject({ message: "the receiver answered 500", permanent: false });
    expect(await outcome()).toMatchObject({ message: "the receiver answered 410", permanent: true });
    expect(await outcome()).toMatchObject({ message: "the receiver answered 302", permanent: false });
    expect(server.received).toHaveLength(3);
  });
});

describe("push messages", () => {
  const vapid = vapidOf("NbO3GlEHd5sbTZPMoQmzLVBwWXG_cHb40a2UbO3RNQ4", "mailto:ioc@city.example");
  const removed: string[] = [];
  const of = (subscriptions: PushSubscription[]) => ({
    of: async () => subscriptions,
    remove: async (endpoint: string) => void removed.push(endpoint),
  });

  test("are read by the browser that subscribed, and signed with the server's key", async () => {
    await using server = await httpReceiver([201]);
    const browser = pushReceiver();
    const subscription = { endpoint: `${server.url}/push/1`, keys: browser.keys };
    await pushSender(vapid, of([subscription]), local)(delivery());
    const [got] = server.received;
    expect(JSON.parse(browser.decrypt(got?.body ?? Buffer.alloc(0)))).toEqual({
      title: 'Mới · Nghiêm trọng: Ngập "Hải Châu" 0,42 m',
      body: 'Nơi: "Hải Châu" & sông',
      link: "/console/incidents/w-flood.7",
      tag: "w-flood.7",
    });
    expect(got?.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high", ttl: "14400" });
    expect(got?.headers["topic"]).toMatch(/^[\w-]{32}$/);
    const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(.+)$/.exec(got?.headers.authorization ?? "") ?? [];
    expect(key).toBe(vapid.publicKey);
    const [head = "", claims = "", signature = ""] = token.split(".");
    const point = Buffer.from(key, "base64url");
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
    const jwk = { kty: "EC", crv: "P-256", x, y } as { kty: string; crv: string; x: string; y: string };
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    const signed = Buffer.from(`${head}.${claims}`);
    const how = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
    expect(verify("sha256", signed, how, Buffer.from(signature, "base64url"))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      aud: server.url,
      sub: "mailto:ioc@city.example",
    });
  });

  test("to a browser that is gone end its subscription; without any the notice fails", async () => {
    await using server = await httpReceiver([410]);
    const endpoint = `${server.url}/push/2`;
    const send = pushSender(vapid, of([{ endpoint, keys: pushReceiver().keys }]), local);
    await expect(send(delivery())).rejects.toMatchObject({ permanent: true });
    expect(removed).toEqual([endpoint]);
  });
});

describe("an SMS gateway", () => {
  test("gets JSON or a form by its template, with the values escaped for it", async () => {
    await using server = await httpReceiver();
    const gateway = { url: `${server.url}/send?ref={key}`, authorization: "Bearer token-1" };
    await smsSender({ ...gateway, body: '{"msisdn":"{to}","content":"{text}"}' })(delivery());
    await smsSender({ ...gateway, body: "to={to}&text={text}" })(delivery());
    const [json, form] = server.received;
    const text = 'Mới · Nghiêm trọng: Ngập\nNơi: "Hải Châu" & sông';
    expect(json?.headers).toMatchObject({ authorization: "Bearer token-1", "content-type": "application/json" });
    expect(JSON.parse(json?.body.toString("utf8") ?? "")).toEqual({ msisdn: "+84900000001", content: text });
    expect(json?.url).toBe("/send?ref=w-flood.sf-1.1%2Fopened-7%2Fx%2Fdesk");
    const fields = new URLSearchParams(form?.body.toString("utf8"));
    expect(Object.fromEntries(fields)).toEqual({ to: "+84900000001", text });
  });

  test("that refuses a number ends it; one that is busy or wants another password does not", async () => {
    await using server = await httpReceiver([400, 429, 401, 503]);
    const send = smsSender({ url: server.url, body: '{"to":"{to}"}', authorization: "" });
    const finals: unknown[] = [];
    for (let i = 0; i < 4; i++)
      await send(delivery()).catch((error: { permanent: boolean }) => finals.push(error.permanent));
    expect(finals).toEqual([true, false, false, false]);
  });
});
