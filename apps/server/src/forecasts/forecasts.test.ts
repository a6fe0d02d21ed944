import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { calendarOf, forecastFan, forecastItem, type ForecastItem, type Health } from "@ioc/contracts";
import { temporaryFolder, until } from "@ioc/testkit";
import { startTestServer } from "../testing/start-test-server.ts";

const danang = resolve(import.meta.dirname, "../../../../fixtures/danang");
const hour = 3_600_000;
const calendar = calendarOf("Asia/Ho_Chi_Minh");

/** The model city with nothing but what the forecast of the load needs, and one that cannot run. */
function smallPack(folder: string): string {
  const pack = join(folder, "danang");
  cpSync(danang, pack, { recursive: true });
  for (const part of ["statistics", "warnings", "forecasts", "datasets"]) rmSync(join(pack, part), { recursive: true });
  for (const part of ["forecasts", "datasets"]) mkdirSync(join(pack, part));
  const entry = (file: string, id: string) => {
    const entries = readFileSync(join(danang, file), "utf8").split(/^(?=- id: )/m);
    const found = entries.find((text) => text.startsWith(`- id: ${id}\n`));
    if (found === undefined) throw new Error(`${file} has no ${id}`);
    return found;
  };
  const put = (file: string, text: string) => writeFileSync(join(pack, file), text);
  const load = entry("forecasts/energy.yaml", "city-load");
  put(
    "datasets/own.yaml",
    entry("datasets/forecasts.yaml", "forecasts") +
      entry("datasets/utilities.yaml", "city-load-hourly") +
      entry("datasets/disaster.yaml", "weather-forecast"),
  );
  put("forecasts/own.yaml", load + load.replace("id: city-load", "id: broken").replace("op: tally", "op: guess"));
  return pack;
}

/** A day and a week, repeated; at the peak some 900 MW. */
function loadAt(time: number): number {
  const wave = Math.cos((2 * Math.PI * (calendar.hour(time) - 15)) / 24);
  return 700 + 200 * wave - (calendar.weekday(time) >= 5 ? 10 : 0) + 5 * Math.sin(time / hour);
}

test(
  "a forecast becomes rows, an answer with its fan; one that cannot run harms nothing",
  { timeout: 90_000 },
  async () => {
    using folder = temporaryFolder();
    await using server = await startTestServer({ IOC_CITY: smallPack(folder.path) });
    const items = async () => (await server.call("/api/v1/forecasts")).json() as { items: ForecastItem[] };
    const load = async () => (await items()).items.find(({ id }) => id === "city-load");

    expect(await until("a first look", 10_000, async () => (await load())?.error?.en ?? false)).toBe(
      "there are no values to forecast from",
    );
    expect((await server.call("/api/v1/forecasts/city-load")).status).toBe(404);
    expect((await items()).items.find(({ id }) => id === "broken")?.error?.en).toContain(
      'there is no operator "guess"',
    );
    const health = (await server.call("/api/v1/health")).json() as Health;
    expect(health.parts["forecasts"]).toMatchObject({
      status: "degraded",
      detail: expect.stringContaining("broken: "),
    });

    const now = server.running.clock.now();
    const last = Math.floor(now / hour) * hour;
    const rows = Array.from({ length: 840 }, (_, i) => {
      const time = last - i * hour;
      return { time: new Date(time).toISOString(), load_mw: loadAt(time), available_mw: 940, solar_mw: 0 };
    });
    expect((await server.call("/api/v1/datasets/city-load-hourly/rows", { rows })).status).toBe(200);

    const item = await until("a forecast", 40_000, async () => {
      const found = await load();
      return found !== undefined && found.issuedAt !== null && found;
    });
    expect(forecastItem.parse(item)).toMatchObject({ error: null, failures: [] });
    const [subject] = item.subjects;
    expect(subject).toMatchObject({ id: "48", name: { en: "Da Nang" } });
    expect(subject?.backtestMase).toBeLessThan(1);
    // Issues are at 0, 6, 12 and 18 h.
    const due = calendar.dayStart(now) + Math.floor((now - calendar.dayStart(now)) / (6 * hour)) * 6 * hour;
    expect(item.issuedAt).toBe(due);

    const stored = (await server.call("/api/v1/datasets/forecasts/rows")).json() as {
      items: Record<string, unknown>[];
    };
    expect(stored.items).toHaveLength(48);
    expect(Date.parse(String(stored.items[0]?.["valid_at"]))).toBe(due + hour);
    for (const row of stored.items) {
      const real = loadAt(Date.parse(String(row["valid_at"])));
      expect(Number(row["median"])).toBeGreaterThan(real - 30);
      expect(Number(row["median"])).toBeLessThan(real + 30);
      expect(Number(row["lo95"])).toBeLessThanOrEqual(Number(row["lo80"]));
    }

    const fan = forecastFan.parse((await server.call("/api/v1/forecasts/city-load?subject=48")).json());
    expect(fan.frame.rows.filter((row) => row.at(-1) === "forecast")).toHaveLength(48);
    expect(fan.frame.rows.filter((row) => row.at(-1) === "ok").length).toBeGreaterThan(48);
    expect((await server.call("/api/v1/forecasts/city-load?subject=nobody")).status).toBe(404);
  },
);
