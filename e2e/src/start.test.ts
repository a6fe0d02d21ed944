import { once } from "node:events";
import { createServer } from "node:net";
import { freePort, Program, temporaryFolder } from "@ioc/testkit";
import type { ProgramOptions } from "@ioc/testkit";
import { afterEach, expect, test } from "vitest";

interface Health {
  status: string;
  parts: Record<string, { status: string; detail?: string }>;
}

async function occupied(): Promise<{ port: number } & AsyncDisposable> {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, "close");
    },
  };
}

/** Programs of the running test: none outlives it, not even when an expectation fails. */
const launched: Program[] = [];
afterEach(async () => {
  await Promise.all(launched.splice(0).map((program) => program.kill()));
});

async function launch(options: ProgramOptions): Promise<Program> {
  const program = await Program.launch(options);
  launched.push(program);
  return program;
}

async function start(options: ProgramOptions): Promise<Program> {
  const program = await launch(options);
  await program.ready();
  return program;
}

const quiet = { IOC_HISTORY_DAYS: "0" };

test("an empty folder: addresses and the key are printed, everything answers, Ctrl-C ends it cleanly", async () => {
  using folder = temporaryFolder();
  const startedAt = performance.now();
  const program = await start({ dataDir: folder.path, env: quiet });
  expect(performance.now() - startedAt).toBeLessThan(60_000);
  for (const part of ["/console", "/cockpit", "/wall", "/api/docs", `mqtt://127.0.0.1:${program.mqttPort}`])
    expect(program.output).toContain(part);
  expect(program.output).toMatch(/ioc_[\w-]{40,}/);
  expect(program.output).toContain("SIMULATED");
  for (const path of ["/", "/en", "/console", "/cockpit", "/wall", "/api/openapi.json", "/api/docs"])
    expect((await fetch(program.url + path)).status, path).toBe(200);
  expect(await program.stop()).toBe(0);
});

test("a second start keeps the data and prints no key", async () => {
  using folder = temporaryFolder();
  const first = await start({ dataDir: folder.path, env: { ...quiet, IOC_SIMULATE: "off" } });
  const key = /ioc_[\w-]{40,}/.exec(first.output)?.[0] ?? "";
  const time = new Date(Date.now() - 60_000).toISOString();
  const { items } = await first.get<{ items: { id: string }[] }>("/api/v1/stations?kind=street-flood&limit=1");
  const datastream = `${items[0]?.id}:depth`;
  const post = (program: Program): Promise<Response> =>
    fetch(`${program.url}/api/v1/observations`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ observations: [{ datastream, phenomenonTime: time, result: 0.25 }] }),
    });
  expect((await post(first)).status).toBe(202);
  await first.stop();

  const second = await start({ dataDir: folder.path, env: { ...quiet, IOC_SIMULATE: "off" } });
  expect(second.output).not.toMatch(/ioc_[\w-]{40,}/);
  const query = new URLSearchParams({
    datastream,
    from: new Date(Date.now() - 3_600_000).toISOString(),
    to: new Date().toISOString(),
  });
  const series = await second.get<{ time: number[]; value: number[] }>(`/api/v1/observations?${query}`);
  expect(series).toMatchObject({ time: [Date.parse(time)], value: [0.25] });
  // The key of the first start still opens, and the same reading again changes nothing.
  expect(await (await post(second)).json()).toMatchObject({ received: 1, stored: 0, duplicate: 1 });
  await second.stop();
});

test("a busy MQTT port is said and survived", async () => {
  using folder = temporaryFolder();
  await using taken = await occupied();
  const program = await start({ dataDir: folder.path, mqttPort: taken.port, env: quiet });
  expect(program.output).toContain(String(taken.port));
  const health = await program.get<Health>("/api/v1/health");
  expect(health.parts["mqtt"]?.detail).toContain(String(taken.port));
  const port = Number(/mqtt:\/\/127\.0\.0\.1:(\d+)/.exec(program.output)?.[1]);
  expect(port).not.toBe(taken.port);
  const probe = createServer();
  probe.on("error", () => undefined);
  probe.listen(port, "127.0.0.1");
  const [error] = (await once(probe, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("EADDRINUSE");
  await program.stop();
});

test("a busy HTTP port is a clear error that names the setting", async () => {
  using folder = temporaryFolder();
  await using taken = await occupied();
  const program = await launch({ dataDir: folder.path, port: taken.port, env: quiet });
  expect(await program.exited).toBe(1);
  expect(program.output).toContain("IOC_PORT");
  expect(program.output).toContain(String(taken.port));
  expect(program.output).not.toMatch(/\n\s+at /);
});

test("a wrong setting is a clear error that names it", async () => {
  using folder = temporaryFolder();
  const program = await launch({ dataDir: folder.path, env: { IOC_SIMULATE_SPEED: "fast" } });
  expect(await program.exited).toBe(1);
  expect(program.output).toContain("IOC_SIMULATE_SPEED");
  expect(program.output).toContain("fast");
});

test("a second program on the same data folder is refused", async () => {
  using folder = temporaryFolder();
  const first = await start({ dataDir: folder.path, env: quiet });
  const second = await launch({ dataDir: folder.path, env: quiet });
  expect(await second.exited).toBe(1);
  expect(second.output).toContain(folder.path);
  expect(await first.stop()).toBe(0);
});
