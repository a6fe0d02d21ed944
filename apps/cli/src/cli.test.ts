import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createLog, readConfig, startServer } from "@ioc/server";
import { requireSharedData, sharedData, temporaryFolder } from "@ioc/testkit";

const main = resolve(import.meta.dirname, "main.ts");
const replay = resolve(import.meta.dirname, "../../../fixtures/replay");
const key = "a-key-for-tests-only";

/** Runs the command as a person does. */
async function ioc(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return await new Promise((done) => {
    execFile(process.execPath, [main, ...args], { env: { PATH: process.env["PATH"] } }, (error, out, err) => {
      done({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, out, err });
    });
  });
}

async function startReplay(dataDir: string) {
  const { config } = readConfig({
    IOC_PORT: "0",
    IOC_MQTT_PORT: "off",
    IOC_SIMULATE: "off",
    IOC_API_KEY: key,
    IOC_DATA_DIR: dataDir,
    IOC_CITY: replay,
  });
  return await startServer(config, createLog({ format: "text", level: "error" }));
}

test("help names every command; what is no command is told and refused", async () => {
  const help = await ioc("help");
  expect(help.code).toBe(0);
  for (const word of ["pack check", "set-boundaries", "import", "scenario", "key", "user"])
    expect(help.out).toContain(word);
  expect(await ioc("dance")).toMatchObject({ code: 2, err: expect.stringContaining('no command "dance"') as string });
  expect(await ioc("import", "x.csv")).toMatchObject({ code: 2, err: expect.stringContaining("--map") as string });
});

test("a mapping that does not fit is refused with each place", async () => {
  using folder = temporaryFolder();
  const map = join(folder.path, "map.yaml");
  writeFileSync(map, "about: x\ntime: { format: iso }\nstation: { id: '{value}' }\nvalues: []\ncolour: red\n");
  const { code, err } = await ioc("import", "x.csv", "--map", map, "--data-dir", folder.path);
  expect(code).toBe(1);
  expect(err).toMatch(/values:/);
  expect(err).toMatch(/colour/);
});

test("keys are made, listed without their secret, and revoked", async () => {
  using folder = temporaryFolder();
  const at = ["--data-dir", folder.path];
  const made = await ioc("key", "create", "gateway 7", ...at);
  const secret = /ioc_\S+/.exec(made.out)?.[0] ?? "";
  expect(secret.length).toBeGreaterThan(40);
  const listed = await ioc("key", "list", ...at);
  expect(listed.out).toContain("gateway 7");
  expect(listed.out).not.toContain(secret);
  expect(await ioc("key", "create", "x", "--scope", "everything", ...at)).toMatchObject({ code: 2 });
  expect(await ioc("key", "revoke", "1", ...at)).toMatchObject({ code: 0 });
  expect(await ioc("key", "revoke", "1", ...at)).toMatchObject({ code: 1 });
  expect((await ioc("key", "list", ...at)).out).toContain("revoked");
});

test.skipIf(!requireSharedData("air-hcmc-lowcost-raw"))(
  "through the front door the result is the same, and refused rows are kept there",
  { timeout: 60_000 },
  async () => {
    using folder = temporaryFolder();
    const server = await startReplay(folder.path);
    try {
      const source = sharedData("air-hcmc-lowcost-raw");
      const [file = ""] = readdirSync(source).filter((name) => name.endsWith(".csv"));
      const broken = join(folder.path, "broken.csv");
      writeFileSync(broken, "Time;SDS_P1;SDS_P2;Temp;Humidity;Signal\n2018/10/08 09:21:52;1;2\n");
      const map = join(replay, "imports", "air-hcmc-lowcost-raw.yaml");
      const done = await ioc("import", join(source, file), broken, "--map", map, "--url", server.url, "--key", key);
      expect(done.err).toBe("");
      expect(done.code).toBe(0);
      expect(done.out).toMatch(/rows read +345\n/);
      expect(done.out).toMatch(/stored +1,689\n/);
      expect(done.out).toMatch(/wrong-columns +1\n/);
      const get = async (path: string) =>
        (await fetch(server.url + path, { headers: { Authorization: `Bearer ${key}` } })).json() as Promise<unknown>;
      expect(await get("/api/v1/summary")).toMatchObject({ observationsStored: 1689, quarantined: 1 });
      expect(await get("/api/v1/quarantine")).toMatchObject({
        items: [
          { reason: "wrong-columns", message: "line 2: 3 fields instead of 22", sample: "2018/10/08 09:21:52;1;2" },
        ],
      });
      const direct = await ioc("import", broken, "--map", map, "--data-dir", folder.path, "--pack", replay);
      expect(direct).toMatchObject({ code: 1, err: expect.stringContaining("another server is using") as string });
      const wrong = await ioc("import", broken, "--map", map, "--url", server.url, "--key", "wrong");
      expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("The API key is not valid") as string });
      expect(await ioc("scenario", "list", "--url", server.url)).toMatchObject({ code: 0 });
      const none = await ioc("scenario", "stop", "--url", server.url, "--key", key);
      expect(none).toMatchObject({ code: 1, err: expect.stringContaining("IOC_SIMULATE") as string });
    } finally {
      await server.stop();
    }
  },
);
