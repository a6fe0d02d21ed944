import { io, type Socket } from "socket.io-client";
import { expect, test } from "vitest";
import type { Alert, AlertEvent, ClientToServer, LiveFrame, ServerToClient, StationItem } from "@ioc/contracts";
import { risingWater, sendDepths } from "./testing/flooded-street.ts";
import { startTestServer } from "./testing/start-test-server.ts";

const minute = 60_000;

test("water on a street becomes an alert on every way out", { timeout: 60_000 }, async () => {
  await using server = await startTestServer();
  const list = (await server.call("/api/v1/stations?kind=street-flood&limit=1")).json() as { items: StationItem[] };
  const station = list.items[0];
  if (!station) throw new Error("the pack has no street-flood stations");
  const area = Object.values(station.areas)[0] ?? "";

  const socket: Socket<ServerToClient, ClientToServer> = io(server.url, { path: "/live", transports: ["websocket"] });
  const told: Alert[] = [];
  const severities: (string | null)[] = [];
  socket.on("frame", (frame: LiveFrame) => {
    if ("alerts" in frame.data) told.push(...frame.data.alerts);
    if ("stations" in frame.data) {
      for (const one of frame.data.stations) if (one.id === station.id) severities.push(one.severity);
    }
  });
  for (const topic of [`alerts:${area}`, "map"]) {
    expect(await socket.emitWithAck("subscribe", { topic })).toEqual({ ok: true });
  }
  const frameThat = async (fits: () => boolean) => {
    while (!fits()) await new Promise<void>((done) => socket.once("frame", () => done()));
  };

  await sendDepths(server, station, risingWater, server.running.clock.now() - 60 * minute);
  await frameThat(() => told.some((alert) => alert.condition === "firing"));
  await frameThat(() => severities.some((severity) => severity !== null));

  const { items } = (await server.call(`/api/v1/alerts?area=${area}`)).json() as { items: Alert[] };
  const alert = items.find((one) => one.definition === "w-street-flood");
  expect(alert).toMatchObject({ condition: "firing", subject: { type: "station", id: station.id } });
  expect(alert?.headline.vi).toContain(station.name.vi);
  const log = (await server.call(`/api/v1/alerts/${alert?.id}/events`)).json() as { items: AlertEvent[] };
  expect(log.items[0]?.evidence.readings.length).toBeGreaterThan(0);
  const summary = (await server.call("/api/v1/summary")).json() as { alerts: Record<string, number> };
  expect(Object.values(summary.alerts).reduce((sum, count) => sum + count, 0)).toBe(items.length);
  const shown = (await server.call(`/api/v1/stations/${station.id}`)).json() as StationItem;
  expect(shown.status).toMatchObject({ severity: alert?.severity, openAlerts: 1 });
  socket.disconnect();
});
