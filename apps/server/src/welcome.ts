import type { RunningServer } from "./compose.ts";
import type { Config } from "./config/config.ts";
import { version } from "./version.ts";

/** What a person reads after the start: addresses, the first key and accounts, and how the readings come about. */
export function welcome(running: RunningServer, config: Config): string {
  const lines = [
    "",
    `City IOC ${version}: ${running.city.vi}`,
    "",
    `  Public site   ${running.url}/            (English: ${running.url}/en)`,
    `  Console       ${running.url}/console`,
    `  Cockpit       ${running.url}/cockpit`,
    `  Wall          ${running.url}/wall`,
    `  REST API      ${running.url}/api/docs`,
    `  MQTT          ${mqttLine(running, config)}`,
    `  Data folder   ${config.dataDir}`,
    "",
  ];
  if (running.newKey !== null) {
    lines.push(`  API key (shown this once, keep it): ${running.newKey}`, "");
  }
  if (running.demoAccounts.length > 0) {
    lines.push("  Demo accounts (passwords shown this once, keep them; `ioc user password NAME` makes another):");
    for (const { userName, password } of running.demoAccounts) lines.push(`    ${userName.padEnd(20)}  ${password}`);
    lines.push("");
  }
  lines.push(
    running.simulated
      ? `  SIMULATED: the readings are made by a simulator (speed ${config.speed}, sampling ${config.sampling}, seed ${config.seed}). IOC_SIMULATE=off waits for real stations.`
      : "  Waiting for real stations: POST /api/v1/observations or MQTT, with an API key.",
  );
  if (!running.webBuilt) lines.push("  The web interface is not built: run `pnpm build`, or start with `pnpm start`.");
  const ahead = running.clock.now() - Date.now();
  if (ahead > 60_000)
    lines.push(`  City time goes on where it stopped: ${Math.round(ahead / 60_000)} minutes ahead of real time.`);
  return lines.join("\n") + "\n\n";
}

function mqttLine(running: RunningServer, config: Config): string {
  if (running.mqttPort === null) return "off";
  const host = config.host.includes(":") ? `[${config.host}]` : config.host;
  const moved = running.mqttMoved ? ` (port ${config.mqttPort} was busy; set IOC_MQTT_PORT)` : "";
  return `mqtt://${host}:${running.mqttPort}${moved}`;
}
