import { setTimeout as sleep } from "node:timers/promises";
import type { Incident, IncidentMember, Notice } from "@ioc/contracts";
import type { Program } from "@ioc/testkit";
import { benchKey, sendReadings, withProgram } from "../program.ts";
import { printTable } from "../table.ts";

const rule = "w-station-offline";
const minuteMs = 60_000;
const stations = 400;
const spreadMs = 10_000;
/** How long the rule lets the chosen kinds be silent. */
const silenceMs = 30 * minuteMs;
const mostNotices = 3;

interface Kind {
  id: string;
  properties: { id: string; periodSeconds: number }[];
}

/**
 * 400 stations fall silent within ten seconds; all others go on. How many incidents and notices come of it, and whether every alert is
 * listed. Takes about 33 minutes, because the rule on silence waits for half an hour.
 */
export async function storm(): Promise<void> {
  const result = await withProgram({ IOC_SIMULATE: "off" }, async (program) => {
    const { items } = await program.get<{ items: { id: string; kind: string }[] }>("/api/v1/stations?limit=5000");
    const kinds = await program.get<{ items: Kind[] }>("/api/v1/kinds?limit=5000");
    const quick = new Set(
      kinds.items
        .filter(({ properties }) => {
          const shortest = Math.min(...properties.map(({ periodSeconds }) => periodSeconds));
          return properties.some(({ id }) => id === "heartbeat") && 3000 * shortest <= silenceMs;
        })
        .map(({ id }) => id),
    );
    const failing = items.filter(({ kind }) => quick.has(kind)).slice(0, stations);
    const names = new Set(failing.map(({ id }) => id));
    const others = items.filter(({ id }) => !names.has(id));
    for (const { id } of failing) {
      await beat(program, [id]);
      await sleep(spreadMs / stations);
    }
    const silentSince = Date.now();
    while (Date.now() - silentSince < silenceMs + 2 * minuteMs) {
      await beat(
        program,
        others.map(({ id }) => id),
      );
      await sleep(minuteMs);
    }
    const all = await program.get<{ items: Incident[] }>(`/api/v1/incidents?definition=${rule}&state=all&limit=5000`);
    const open = all.items.filter(({ state }) => state === "open");
    const listed = new Set<string>();
    for (const { id } of open) {
      const { alerts } = await program.get<{ alerts: IncidentMember[] }>(`/api/v1/incidents/${encodeURIComponent(id)}`);
      for (const { subject } of alerts) listed.add(subject.id);
    }
    const answer = await fetch(`${program.url}/api/v1/notifications?limit=5000`, {
      headers: { authorization: `Bearer ${benchKey}` },
    });
    const { items: notices } = (await answer.json()) as { items: Notice[] };
    const alerts = await program.get<{ items: { subject: { id: string }; firedAt: number }[] }>(
      `/api/v1/alerts?definition=${rule}&state=all&limit=5000`,
    );
    const fired = alerts.items.filter(({ subject }) => names.has(subject.id)).map(({ firedAt }) => firedAt);
    return {
      alerts: fired.length,
      within: (Math.max(...fired) - Math.min(...fired)) / 1000,
      incidents: open.length,
      listed: failing.filter(({ id }) => listed.has(id)).length,
      sent: notices.filter(({ state }) => state === "sent"),
      other: notices.filter(({ state }) => state === "waiting" || state === "failed").length,
    };
  });
  printTable(
    `${stations} stations fall silent within ${spreadMs / 1000} s`,
    ["", "reached", "goal"],
    [
      ["alerts", result.alerts, stations],
      ["fired within, s (event time)", result.within.toFixed(1), spreadMs / 1000],
      ["open incidents", result.incidents, 1],
      ["stations listed as members", result.listed, stations],
      ["notices sent", result.sent.length, `at most ${mostNotices}`],
      ["to", result.sent.map(({ channel, recipient }) => `${channel} ${recipient}`).join(", "), ""],
      ["notices waiting or failed", result.other, 0],
    ],
  );
}

async function beat(program: Program, ids: readonly string[]): Promise<void> {
  const phenomenonTime = new Date().toISOString();
  await sendReadings(
    program,
    ids.map((station) => ({ station, property: "heartbeat", phenomenonTime, result: 1 })),
  );
}
