import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import mqtt from "mqtt";
import { expect, test } from "vitest";
import { Program, temporaryFolder } from "@ioc/testkit";
import type { Health } from "@ioc/contracts";

const off = { IOC_SIMULATE: "off" };

test(
  "the first start shows a key once; it writes over HTTP and MQTT, and a second start keeps the data",
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder();
    const first = await Program.start({ dataDir: folder.path, env: off });
    const key = /API key \(shown this once, keep it\): (ioc_\S+)/.exec(first.output)?.[1] ?? "";
    expect(key).not.toBe("");
    expect(first.output).toContain(`${first.url}/console`);
    const { items } = await first.get<{ items: { id: string; station: string; property: { id: string } }[] }>(
      "/api/v1/datastreams?kind=weather&limit=2",
    );
    const [one, two] = items;
    if (!one || !two) throw new Error("the pack has no weather stations");
    const posted = await fetch(`${first.url}/api/v1/observations`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      body: JSON.stringify({
        observations: [{ datastream: one.id, phenomenonTime: "2026-01-01T00:00:00Z", result: 1 }],
      }),
    });
    expect(posted.status).toBe(202);
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${first.mqttPort}`, { username: "x", password: key });
    await client.publishAsync(`city/weather/${two.station}/${two.property.id}`, "2", { qos: 1 });
    // Acknowledged, so it is stored: nothing may be lost from here on.
    await first.kill();
    await client.endAsync(true);

    const second = await Program.start({ dataDir: folder.path, env: off });
    expect(second.output).not.toContain("API key (shown");
    expect(await second.get("/api/v1/summary")).toMatchObject({ observationsStored: 2 });
    expect(await second.stop()).toBe(0);
    expect(second.output).toContain("stopped");
  },
);

test("what cannot be used is told in a line that names the setting", { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  using other = temporaryFolder();
  const running = await Program.start({ dataDir: folder.path, env: off });
  const sameFolder = await Program.launch({ dataDir: folder.path, env: off });
  expect(await sameFolder.exited).toBe(1);
  expect(sameFolder.output).toMatch(/cannot start: another server is using the data folder .*IOC_DATA_DIR/);
  const samePort = await Program.launch({ dataDir: other.path, port: running.port, env: off });
  expect(await samePort.exited).toBe(1);
  expect(samePort.output).toMatch(new RegExp(`cannot start: port ${running.port} .*IOC_PORT`));
  const wrong = await Program.launch({ dataDir: other.path, env: { IOC_SIMULATE: "maybe" } });
  expect(await wrong.exited).toBe(1);
  expect(wrong.output).toMatch(/IOC_SIMULATE is "maybe"; it must be `on` or `off`/);
  const noPack = await Program.launch({ dataDir: other.path, env: { ...off, IOC_CITY: other.path } });
  expect(await noPack.exited).toBe(1);
  expect(noPack.output).toMatch(/\(IOC_CITY\) cannot be used:\n {2}city\.yaml/);
  expect(await running.stop()).toBe(0);
});

test("a busy MQTT port is replaced, and the output and health say so", { timeout: 60_000 }, async () => {
  using folder = temporaryFolder();
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const { port } = blocker.address() as AddressInfo;
  const program = await Program.start({ dataDir: folder.path, mqttPort: port, env: off });
  expect(program.output).toContain(`port ${port} was busy`);
  const health = await program.get<Health>("/api/v1/health");
  expect(health.parts["mqtt"]?.detail).toMatch(new RegExp(`^port \\d+; port ${port} was busy$`));
  expect(await program.stop()).toBe(0);
  blocker.close();
});
