import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Health } from "@ioc/contracts";
import { Program, temporaryFolder, until } from "@ioc/testkit";
import { datastreamOf, haveCommand, key, mosquittoPublish, Sender, storedNumbers } from "./testing/sender.ts";

const tools = haveCommand("prlimit") && haveCommand("mosquitto_pub");

/** From now on no file of the program may grow beyond `bytes`: its writes fail as on a full disk. */
function limitFiles(program: Program, bytes: number | "unlimited"): void {
  execFileSync("prlimit", ["--pid", String(program.pid), `--fsize=${bytes}:unlimited`]);
}

const healthOf = (program: Program) => program.get<Health>("/api/v1/health");

test.skipIf(!tools)(
  "a disk without room: senders are told, nothing is acknowledged and lost, and all goes on once there is room",
  { timeout: 120_000 },
  async () => {
    using folder = temporaryFolder();
    const env = { IOC_SIMULATE: "off", IOC_API_KEY: key };
    const program = await Program.start({ dataDir: folder.path, env });
    try {
      const sender = new Sender(program, await datastreamOf(program));
      const [station, property] = (await datastreamOf(program, "weather", 1)).split(":");
      const topic = `city/weather/${station}/${property}`;
      expect((await sender.send(0, 500)).status).toBe(202);

      limitFiles(program, 4096);
      const waiting = mosquittoPublish(program, topic, "20.5");
      for (const first of [500, 1000, 1500]) {
        const refused = await sender.send(first, 500);
        expect(refused.status).toBe(503);
        expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
        expect(refused.headers.get("content-type")).toContain("application/problem+json");
        expect(JSON.parse(refused.body)).toMatchObject({
          type: "/api/docs#store-unavailable",
          detail: expect.stringMatching(/observations\.db (is full; free space on it|.*check the disk)/) as string,
        });
      }
      const during = await until("health to tell of both files", 10_000, async () => {
        const health = await healthOf(program);
        return health.parts["database"]?.status === "degraded" && health;
      });
      expect(during.status).toBe("degraded");
      expect(during.parts["observations"]).toMatchObject({ status: "degraded" });
      expect(during.parts["observations"]?.detail).toMatch(/^readings cannot be stored: .*observations\.db/);
      expect(during.parts["database"]?.detail).toMatch(/city\.db/);
      const query = `datastream=${encodeURIComponent(sender.datastream)}&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z`;
      const series = await program.get<{ time: number[] }>(`/api/v1/observations?${query}&resolution=raw&points=5000`);
      expect(series.time).toHaveLength(499);
      expect(await program.get("/api/v1/summary")).toMatchObject({ observationsStored: 500 });
      const metrics = await (await fetch(`${program.url}/metrics`)).text();
      expect(metrics).toContain('ioc_part_up{part="observations"} 0');
      expect(metrics).toMatch(/ioc_intake_batches_total\{source="http",result="unavailable"\} 3/);
      expect(waiting.state.ended).toBe(false);

      limitFiles(program, "unlimited");
      expect(await waiting.code).toBe(0);
      for (const first of [500, 1000, 1500]) expect((await sender.send(first, 500)).status).toBe(202);
      const after = await until("health to recover", 10_000, async () => {
        const health = await healthOf(program);
        return health.parts["database"]?.status === "ok" && health;
      });
      expect(after.parts["observations"]).toEqual({ status: "ok" });
      expect(await program.get("/api/v1/summary")).toMatchObject({ observationsStored: 2001 });
      expect(await program.stop()).toBe(0);
      const numbers = await storedNumbers(folder.path, sender.datastream);
      expect(numbers).toEqual([...sender.acknowledged].toSorted((a, b) => a - b));
      // One line tells of the fault and one of its end, however many were refused.
      expect(program.output.match(/store +readings cannot be stored/g)).toHaveLength(1);
      expect(program.output).toMatch(/store +readings are stored again/);
    } finally {
      await program.kill();
    }
  },
);
