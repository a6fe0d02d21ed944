import { setTimeout as sleep } from "node:timers/promises";
import { sendReadings, withProgram } from "../program.ts";
import { median, printTable } from "../table.ts";

const rule = "w-station-offline";
const minuteMs = 60_000;
const stations = 400;
const limitMs = 2000;

interface Item {
  id: string;
  kind: string;
}
interface Raised {
  id: string;
  subject: { id: string };
}

/** How long a kind may be silent, ms: as the rule says, three times its shortest period, half an hour at least. */
function allowed(kind: { properties: { periodSeconds: number }[] }): number {
  return Math.max(30 * minuteMs, 3 * 1000 * Math.min(...kind.properties.map(({ periodSeconds }) => periodSeconds)));
}

/**
 * 400 stations send one reading each, spread over four minutes, and then nothing more. How far from its deadline each alert was
 * raised, by the time in its log.
 */
export async function absence(): Promise<void> {
  const misses = await withProgram({ IOC_SIMULATE: "off" }, async (program) => {
    const { items } = await program.get<{ items: Item[] }>("/api/v1/stations?limit=5000");
    const kinds = await program.get<{ items: { id: string; properties: { id: string; periodSeconds: number }[] }[] }>(
      "/api/v1/kinds?limit=5000",
    );
    const byId = new Map(kinds.items.map((kind) => [kind.id, kind]));
    const due = new Map<string, number>();
    const chosen = items.filter(({ kind }) => {
      const known = byId.get(kind);
      return known?.properties.some(({ id }) => id === "heartbeat") && allowed(known) === 30 * minuteMs;
    });
    for (const { id, kind } of chosen.slice(0, stations)) {
      const at = Date.now();
      const phenomenonTime = new Date(at).toISOString();
      await sendReadings(program, [{ station: id, property: "heartbeat", phenomenonTime, result: 1 }]);
      due.set(id, at + allowed(byId.get(kind)!));
      await sleep((4 * minuteMs) / stations);
    }
    await sleep(Math.max(...due.values()) - Date.now() + 30_000);
    const { items: alerts } = await program.get<{ items: Raised[] }>(
      `/api/v1/alerts?definition=${rule}&state=all&limit=5000`,
    );
    const misses: (number | null)[] = [];
    for (const [station, deadline] of due) {
      const alert = alerts.find(({ subject }) => subject.id === station);
      if (!alert) {
        misses.push(null);
        continue;
      }
      const log = await program.get<{ items: { type: string; processedAt: number }[] }>(
        `/api/v1/alerts/${encodeURIComponent(alert.id)}/events`,
      );
      const fired = log.items.find(({ type }) => type === "fired");
      misses.push(fired ? fired.processedAt - deadline : null);
    }
    return misses;
  });
  const told = misses.filter((miss) => miss !== null);
  printTable(
    `silence of ${misses.length} stations, ms from the deadline to the alert (limit ±${limitMs})`,
    ["", "earliest", "median", "latest", "never raised"],
    [
      [
        rule,
        Math.min(...told).toFixed(0),
        median(told).toFixed(0),
        Math.max(...told).toFixed(0),
        String(misses.length - told.length),
      ],
    ],
  );
}
