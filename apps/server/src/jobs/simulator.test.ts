import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, until } from "@ioc/testkit";
import { createCityClock } from "../clock.ts";
import { createHealthBoard } from "../health.ts";
import { createLog } from "../log.ts";
import { superviseSimulator } from "./simulator.ts";

/** A child that speaks the simulator's protocol, tells how it was started and dies when told to by scenario `die`. */
const child = `
const args = process.argv.slice(2);
const state = { running: true, speed: 1, sampling: 5, seed: 7, scenario: null, history: null };
const tell = () => process.send({ type: "status", simulation: state });
console.log("args " + args.join(" ") + " key " + (process.env.IOC_API_KEY === "the-key"));
tell();
process.on("message", (message) => {
  if (message.type === "stop") process.exit(0);
  if (message.id === "die") process.exit(3);
  if (message.id === "ignored") return;
  state.scenario = message.id && { id: message.id, name: { vi: "a", en: "a" }, startedAt: 1, endsAt: 2 };
  tell();
});
process.on("disconnect", () => process.exit(0));
`;

function setUp(folder: string) {
  const program = join(folder, "child.mjs");
  writeFileSync(program, child);
  const lines: string[] = [];
  const health = createHealthBoard("1", Date.now);
  const simulator = superviseSimulator({
    pack: "PACK",
    scheme: "S",
    url: "http://127.0.0.1:1",
    key: "the-key",
    clock: createCityClock({ cityOrigin: 5000, wallOrigin: 4000, speed: 60 }).clock,
    sampling: 5,
    seed: 7,
    faults: true,
    historyDays: 3,
    have: async () => ({ from: 10, to: 20 }),
    log: createLog({ format: "text", level: "info" }, (line) => lines.push(line)),
    health,
    program,
  });
  return { simulator, lines, health };
}

test("the child is told how the city is played, starts scenarios, and stops", async () => {
  using folder = temporaryFolder();
  const { simulator, lines, health } = setUp(folder.path);
  expect(simulator.state()).toMatchObject({ running: false, speed: 60, seed: 7 });
  await until("the child's status", 10_000, async () => simulator.state().running);
  const told = lines.join("");
  expect(told).toContain(
    "--pack PACK --scheme S --url http://127.0.0.1:1 --speed 60 --sampling 5 --seed 7 --faults on --history-days 3",
  );
  expect(told).toContain("--city-origin 5000 --wall-origin 4000 --have-from 10 --have-to 20 key true");
  expect(told).not.toContain("the-key");
  expect(await simulator.startScenario("typhoon")).toMatchObject({ scenario: { id: "typhoon" } });
  expect(await simulator.startScenario(null)).toMatchObject({ scenario: null });
  await simulator.stop();
  expect(simulator.state().running).toBe(false);
  expect(health.report().parts["simulator"]).toEqual({ status: "off" });
});

test("a child that dies is started again and health says so", async () => {
  using folder = temporaryFolder();
  const { simulator, lines, health } = setUp(folder.path);
  await until("the child's status", 10_000, async () => simulator.state().running);
  simulator.startScenario("die").catch(() => {});
  await until("the restart", 20_000, async () => lines.filter((line) => line.includes("args ")).length === 2);
  expect(lines.join("")).toMatch(/ended and is started again code=3/);
  await until("the second status", 10_000, async () => simulator.state().running);
  expect(health.report().parts["simulator"]?.status).toBe("ok");
  await simulator.stop();
});
