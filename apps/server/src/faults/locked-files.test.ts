import { join } from "node:path";
import { expect, test } from "vitest";
import type { Alert, Health, StationItem } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { Program, temporaryFolder, until } from "@ioc/testkit";
import { datastreamOf, haveCommand, key, mosquittoPublish, post, Sender, storedNumbers } from "./testing/sender.ts";

const env = { IOC_SIMULATE: "off", IOC_API_KEY: key };
const healthOf = (program: Program) => program.get<Health>("/api/v1/health");

/** Holds a file against all other writers, as a backup program or a person with a SQL shell may. */
function hold(file: string): { release(): void } {
  const db = openDatabase(file);
  db.exec("BEGIN EXCLUSIVE");
  return {
    release() {
      db.exec("ROLLBACK");
      db.close();
    },
  };
}

test.skipIf(!haveCommand("mosquitto_pub"))(
  "another program holds observations.db for some seconds: senders wait or are told, and nothing is lost",
  { timeout: 120_000 },
  async () => {
    using folder = temporaryFolder();
    const program = await Program.start({ dataDir: folder.path, env });
    try {
      const sender = new Sender(program, await datastreamOf(program));
      const [station, property] = (await datastreamOf(program, "weather", 1)).split(":");
      expect((await sender.send(0, 300)).status).toBe(202);

      const lock = hold(join(folder.path, "observations.db"));
      const waiting = mosquittoPublish(program, `city/weather/${station}/${property}`, "20.5");
      const refused = await sender.send(300, 300);
      expect(refused.status).toBe(503);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(refused.body).toMatch(/another program holds .*observations\.db; end it or wait until it is done/);
      const during = await healthOf(program);
      expect(during.status).toBe("degraded");
      expect(during.parts["observations"]?.detail).toMatch(/^readings cannot be stored: another program holds/);
      expect(await program.get(`/api/v1/stations?limit=1`)).toHaveProperty("items");
      expect(waiting.state.ended).toBe(false);
      // This one is on its way when the lock ends and is not refused at all.
      const patient = sender.send(600, 300);
      lock.release();

      expect((await patient).status).toBe(202);
      expect((await sender.send(300, 300)).status).toBe(202);
      expect(await waiting.code).toBe(0);
      expect((await healthOf(program)).parts["observations"]).toEqual({ status: "ok" });
      expect(await program.get("/api/v1/summary")).toMatchObject({ observationsStored: 901 });
      expect(await program.stop()).toBe(0);
      expect(await storedNumbers(folder.path, sender.datastream)).toEqual(Array.from({ length: 900 }, (_, i) => i));
    } finally {
      await program.kill();
    }
  },
);

test(
  "another program holds city.db: readings come in, the server answers, and an alert that was due is open afterwards",
  { timeout: 120_000 },
  async () => {
    using folder = temporaryFolder();
    // The stored key of a first start: noting its use must not stand in the way either.
    const program = await Program.start({ dataDir: folder.path, env: { IOC_SIMULATE: "off" } });
    try {
      const stored = /API key \(shown this once, keep it\): (ioc_\S+)/.exec(program.output)?.[1] ?? "";
      const { items } = await program.get<{ items: StationItem[] }>("/api/v1/stations?kind=street-flood&limit=1");
      const station = items[0];
      if (!station) throw new Error("the pack has no street-flood stations");
      const dry = Number(station.attributes["dry_offset_m"] ?? 0);
      const start = Date.now() - 60 * 60_000;
      const observations = [0, 0, 0.05, 0.4, 0.6, 0.6, 0.6, 0.6].map((depth, i) => ({
        station: station.id,
        property: "depth",
        phenomenonTime: new Date(start + i * 5 * 60_000).toISOString(),
        result: depth + dry,
      }));

      const lock = hold(join(folder.path, "city.db"));
      expect((await post(program, "/api/v1/observations", { observations }, stored)).status).toBe(202);
      const entity = { name: "A shed", description: "Behind the station", encodingType: "application/geo+json" };
      const location = { ...entity, location: { type: "Point", coordinates: [108.2, 16.06] } };
      const refused = await post(program, "/sensorthings/v1.1/Locations", location, stored);
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
      expect(refused.body).toMatch(/another program holds city\.db; end it or wait until it is done/);
      const during = await until("health to tell", 20_000, async () => {
        const health = await healthOf(program);
        const told = ["database", "warnings"].every((part) => health.parts[part]?.status === "degraded");
        return told && health;
      });
      for (const part of ["database", "warnings"]) {
        expect(during.parts[part]?.detail, part).toMatch(/another program holds city\.db/);
      }
      expect(await openAlerts(program, station.id)).toEqual([]);
      lock.release();

      const open = await until("the alert to be open", 20_000, async () => {
        const found = await openAlerts(program, station.id);
        return found.length > 0 && found;
      });
      expect(open).toHaveLength(1);
      await until("health to recover", 10_000, async () => {
        const { parts } = await healthOf(program);
        return ["database", "warnings"].every((part) => parts[part]?.status === "ok");
      });
      expect((await post(program, "/sensorthings/v1.1/Locations", location, stored)).status).toBe(201);
      await program.kill();
      const again = await Program.start({ dataDir: folder.path, env });
      expect((await openAlerts(again, station.id)).map(({ id }) => id)).toEqual(open.map(({ id }) => id));
      expect(await again.stop()).toBe(0);
    } finally {
      await program.kill();
    }
  },
);

async function openAlerts(program: Program, station: string): Promise<Alert[]> {
  const { items } = await program.get<{ items: Alert[] }>("/api/v1/alerts");
  return items.filter((alert) => alert.definition === "w-street-flood" && alert.subject.id === station);
}
