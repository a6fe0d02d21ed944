import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { StationItem } from "@ioc/contracts";
import { Program, temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { deskPack } from "./test-pack.ts";

const minute = 60_000;
const key = "a-key-for-tests-only";

test(
  "a program that is killed while it sends sends the notice again, with the same key",
  { timeout: 180_000 },
  async () => {
    const ids: string[] = [];
    let answers = false;
    let heard: () => void = () => {};
    const server = createServer((request, response) => {
      ids.push(String(request.headers["webhook-id"]));
      request.resume();
      heard();
      // At first the receiver has the message and says nothing.
      if (answers) response.end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    using folder = temporaryFolder();
    using pack = deskPack(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const env = {
      IOC_CITY: pack.path,
      IOC_SIMULATE: "off",
      IOC_MQTT_PORT: "off",
      IOC_API_KEY: key,
      IOC_WEBHOOK_SECRET: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      IOC_NOTIFY_ALLOW: "127.0.0.1",
    };
    const first = await Program.start({ dataDir: folder.path, env });
    const sent = new Promise<void>((done) => (heard = done));
    const { items } = await first.get<{ items: StationItem[] }>("/api/v1/stations?kind=street-flood&limit=1");
    const observations = [0, 0, 0.05, 0.4, 0.6, 0.6, 0.6, 0.6].map((depth, i) => ({
      station: items[0]?.id,
      property: "depth",
      phenomenonTime: new Date(Date.now() + (i - 12) * 5 * minute).toISOString(),
      result: depth + Number(items[0]?.attributes["dry_offset_m"] ?? 0),
    }));
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${key}` };
    const body = JSON.stringify({ observations });
    expect((await fetch(`${first.url}/api/v1/observations`, { method: "POST", headers, body })).status).toBe(202);
    await sent;
    await first.kill();

    answers = true;
    const again = new Promise<void>((done) => (heard = done));
    const second = await Program.start({ dataDir: folder.path, env });
    await again;
    await second.stop();
    server.close();
    expect(ids).toHaveLength(2);
    expect(ids[1]).toBe(ids[0]);
  },
);
