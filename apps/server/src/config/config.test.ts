import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";
import { settings, settingsTable } from "./env.ts";

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("an empty environment gives safe defaults", () => {
  const { config, warnings } = readConfig({}, "/somewhere");
  expect(warnings).toEqual([]);
  expect(config).toMatchObject({
    host: "127.0.0.1",
    port: 8080,
    mqttPort: 1883,
    dataDir: "/somewhere/data",
    simulate: true,
    speed: 1,
    sampling: 5,
    historyDays: 30,
    apiKey: "",
  });
  expect(config.city).toBe(resolve(import.meta.dirname, "../../../../fixtures/danang"));
});

test("sampling is dense only at real speed, and speed belongs to the played city", () => {
  expect(readConfig({ IOC_SIMULATE_SPEED: "60" }).config).toMatchObject({ speed: 60, sampling: 1 });
  expect(readConfig({ IOC_SIMULATE: "off", IOC_SIMULATE_SPEED: "60" }).config).toMatchObject({ speed: 1 });
  expect(readConfig({ IOC_SIMULATE_SPEED: "60", IOC_SIMULATE_SAMPLING: "3" }).config).toMatchObject({ sampling: 3 });
});

test("each wrong value is named with what was given and what would be right", () => {
  expect(problemsOf({ IOC_PORT: "80a", IOC_SIMULATE: "yes", IOC_SIMULATE_SPEED: "4000", IOC_MQTT_PORT: "x" })).toEqual([
    'IOC_PORT is "80a"; it must be a whole number from 0 to 65535',
    'IOC_MQTT_PORT is "x"; it must be `off` or a whole number from 0 to 65535',
    'IOC_SIMULATE is "yes"; it must be `on` or `off`',
    'IOC_SIMULATE_SPEED is "4000"; it must be a whole number from 1 to 3600',
  ]);
});

test("a key that cannot be used is not repeated in the message", () => {
  const [line] = problemsOf({ IOC_API_KEY: "my secret" });
  expect(line).toBe("IOC_API_KEY is not usable; it must be at least 16 characters without spaces");
});

test("a misspelt variable is pointed out", () => {
  expect(readConfig({ IOC_PROT: "1" }).warnings).toEqual([
    "IOC_PROT is not a setting and has no effect; did you mean IOC_PORT?",
  ]);
});

test("the table lists every setting once", () => {
  const table = settingsTable();
  for (const one of Object.values(settings)) expect(table.split(`| \`${one.variable}\` |`)).toHaveLength(2);
});

test("the README shows the same table", () => {
  const readme = readFileSync(resolve(import.meta.dirname, "../../../../README.md"), "utf8");
  expect(readme).toContain(settingsTable());
});
