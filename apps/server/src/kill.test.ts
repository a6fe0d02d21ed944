import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openObservations } from "@ioc/observations/sqlite";
import { Program, seededRandom, temporaryFolder } from "@ioc/testkit";

const kills = 20;
const batchLength = 100;
const key = "a-key-for-tests-only";
/** Second of the first reading; each reading has a second of its own. */
const origin = Date.UTC(2026, 0, 1);

/** Sends batches until the server is gone; notes the first number of each batch that was acknowledged. */
async function sendUntilGone(
  url: string,
  datastream: string,
  next: () => number,
  acknowledged: number[],
): Promise<void> {
  for (;;) {
    const first = next();
    const observations = Array.from({ length: batchLength }, (_, i) => {
      const number = first * batchLength + i;
      return { datastream, phenomenonTime: new Date(origin + number * 1000).toISOString(), result: number % 40 };
    });
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${key}` };
    const body = JSON.stringify({ observations });
    try {
      const answer = await fetch(`${url}/api/v1/observations`, { method: "POST", headers, body });
      if (answer.status === 202) acknowledged.push(first);
    } catch {
      return;
    }
  }
}

test("whatever was acknowledged before a kill is there afterwards", { timeout: 300_000 }, async () => {
  const seed = Date.now() % 1_000_000;
  console.log(`seed ${seed}`);
  const random = seededRandom(seed);
  using folder = temporaryFolder();
  const options = { dataDir: folder.path, env: { IOC_SIMULATE: "off", IOC_MQTT_PORT: "off", IOC_API_KEY: key } };
  const acknowledged: number[] = [];
  let datastream = "";
  let sent = 0;
  for (let round = 0; round < kills; round++) {
    const program = await Program.start(options);
    if (datastream === "") {
      const { items } = await program.get<{ items: { id: string }[] }>("/api/v1/datastreams?kind=weather&limit=1");
      datastream = items[0]?.id ?? "";
    }
    const before = acknowledged.length;
    const senders = [1, 2, 3].map(() => sendUntilGone(program.url, datastream, () => sent++, acknowledged));
    while (acknowledged.length === before) await wait(1);
    await wait(Math.floor(random() * 250));
    await program.kill();
    await Promise.all(senders);
  }

  const store = await openObservations({ file: join(folder.path, "observations.db") });
  const to = origin + sent * batchLength * 1000;
  const rows = await store.reader.raw({ datastreams: [datastream], from: origin - 1, to, validOnly: false });
  await store.close();
  const held = new Map(rows.time.map((time, i) => [time, rows.result[i]]));
  const lost = acknowledged.flatMap((first) =>
    Array.from({ length: batchLength }, (_, i) => first * batchLength + i).filter(
      (number) => held.get(origin + number * 1000) !== number % 40,
    ),
  );
  expect(acknowledged.length).toBeGreaterThanOrEqual(kills);
  expect(lost).toEqual([]);
});
