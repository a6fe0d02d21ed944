import { connectAsync } from "mqtt";
import { expect, test } from "vitest";
import { startTestServer, testKey } from "../testing/start-test-server.ts";

test("over MQTT a contact's topic gets the event, and nobody else can publish there", async () => {
  await using server = await startTestServer();
  const port = server.running.mqttPort ?? 0;
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { username: "x", password: testKey });
  try {
    await client.subscribeAsync("city/notifications/#", { qos: 1 });
    const heard = new Promise<[string, Buffer]>((done) => {
      client.once("message", (topic, payload) => done([topic, payload]));
    });
    const answer = await server.call("/api/v1/notification-channels/mqtt/test", { contact: "partner-systems" });
    expect(answer.json()).toEqual({ sent: true, error: null });
    const [topic, payload] = await heard;
    expect(topic).toBe("city/notifications/partner-systems");
    expect(JSON.parse(payload.toString("utf8"))).toMatchObject({
      specversion: "1.0",
      source: "urn:ioc:danang",
      type: "org.city-ioc.notification.test",
      data: { recipient: "partner-systems", language: "en", title: "Test message of City IOC" },
    });
    const gone = new Promise<void>((done) => client.once("close", () => done()));
    client.publish("city/notifications/partner-systems", "{}", { qos: 1 });
    await gone;
  } finally {
    await client.endAsync(true);
  }
});
