import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Health } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { checkStore, openObservations } from "@ioc/observations/sqlite";
import { Program, temporaryFolder } from "@ioc/testkit";
import { key, post } from "./testing/sender.ts";

const env = { IOC_SIMULATE: "off", IOC_MQTT_PORT: "off", IOC_API_KEY: key };
const days = 2;
const perDay = 1440;

/** Overwrites the last leaf page of the blocks. */
function damageLeaf(file: string): void {
  const db = openDatabase(file);
  const leaf = db
    .prepare<[], number>(
      "SELECT pageno FROM dbstat WHERE name = 'chunk' AND pagetype = 'leaf' ORDER BY pageno DESC LIMIT 1",
    )
    .pluck()
    .get()!;
  const size = Number(db.pragma("page_size", { simple: true }));
  db.close();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, (leaf - 1) * size, leaf * size);
  writeFileSync(file, bytes);
}

test(
  "a damaged page: its readings are refused with a reason, all else is read, intake goes on, health and metrics tell",
  { timeout: 120_000 },
  async () => {
    using folder = temporaryFolder();
    const first = await Program.start({ dataDir: folder.path, env });
    // Datastreams that warnings look back at, so that the next start reads the damaged page too.
    const { items } = await first.get<{ items: { id: string }[] }>("/api/v1/datastreams?kind=street-flood&limit=40");
    const ids = items.map(({ id }) => id).filter((id) => id.endsWith(":depth"));
    const start = Date.now() - days * 86_400_000;
    for (const id of ids) {
      const observations = Array.from({ length: days * perDay }, (_, i) => ({
        datastream: id,
        phenomenonTime: new Date(start + i * 60_000).toISOString(),
        result: ((i * 7919) % 97) / 1000,
      }));
      expect((await post(first, "/api/v1/observations", { observations })).status).toBe(202);
    }
    expect(await first.stop()).toBe(0);
    damageLeaf(join(folder.path, "observations.db"));

    const program = await Program.start({ dataDir: folder.path, env });
    try {
      const span = `from=${new Date(start - 1000).toISOString()}&to=${new Date().toISOString()}&resolution=raw&points=20000`;
      const answers = await Promise.all(
        ids.map(async (id) => {
          const answer = await fetch(`${program.url}/api/v1/observations?datastream=${encodeURIComponent(id)}&${span}`);
          return { id, status: answer.status, body: (await answer.json()) as { detail?: string; value?: number[] } };
        }),
      );
      const damaged = answers.filter(({ status }) => status !== 200);
      expect(damaged.length).toBeGreaterThan(0);
      expect(damaged.length).toBeLessThan(ids.length);
      const { problems } = checkStore(join(folder.path, "observations.db"));
      const named = new Set(problems.flatMap(({ datastream }) => datastream ?? []));
      expect([...named].toSorted()).toEqual(damaged.map(({ id }) => id).toSorted());
      for (const { status, body } of damaged) {
        expect(status).toBe(503);
        expect(body.detail).toMatch(/observations\.db is damaged; check it, and restore it from a backup/);
      }
      const expected = Array.from({ length: days * perDay }, (_, i) => ((i * 7919) % 97) / 1000);
      for (const { id, status, body } of answers) {
        if (status === 200) expect(body.value, id).toEqual(expected);
      }

      const health = await program.get<Health>("/api/v1/health");
      expect(health.status).toBe("degraded");
      expect(health.parts["observations"]).toMatchObject({
        status: "degraded",
        detail: expect.stringMatching(/^some readings cannot be read: .*observations\.db is damaged/) as string,
      });
      const metrics = await (await fetch(`${program.url}/metrics`)).text();
      expect(metrics).toContain('ioc_part_up{part="observations"} 0');
      expect(metrics).toMatch(/ioc_read_failures_total\{call="history"\} [1-9]/);

      // New readings of all of them, the damaged ones included, are taken in and can be read.
      const now = new Date().toISOString();
      const observations = ids.map((id) => ({ datastream: id, phenomenonTime: now, result: 0.123 }));
      const taken = await post(program, "/api/v1/observations", { observations });
      expect([taken.status, JSON.parse(taken.body)]).toMatchObject([202, { stored: ids.length, quarantined: 0 }]);
      const latest = await program.get<{ datastream: string[]; value: (number | null)[] }>(
        "/api/v1/latest?kind=street-flood&property=depth",
      );
      const shown = latest.datastream.filter((_, i) => latest.value[i] === 0.123);
      expect(shown.toSorted()).toEqual(ids.toSorted());
      // So many at once that they would go straight into blocks.
      for (const id of ids) {
        const many = Array.from({ length: 100 }, (_, i) => {
          return { datastream: id, phenomenonTime: new Date(Date.parse(now) + i + 1).toISOString(), result: 0.2 };
        });
        expect((await post(program, "/api/v1/observations", { observations: many })).status).toBe(202);
      }
      expect(await program.stop()).toBe(0);
      const store = await openObservations({ file: join(folder.path, "observations.db") });
      const newest = await store.reader.latest(ids);
      await store.close();
      expect(newest.map(({ phenomenonTime, result }) => [phenomenonTime, result])).toEqual(
        ids.map(() => [Date.parse(now) + 100, 0.2]),
      );
    } finally {
      await program.kill();
    }
  },
);
