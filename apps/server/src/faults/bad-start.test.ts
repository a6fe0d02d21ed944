import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  openSync,
  writeSync,
  closeSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@ioc/database";
import { Program, root, temporaryFolder } from "@ioc/testkit";
import { datastreamOf, key, post, Sender } from "./testing/sender.ts";

const env = { IOC_SIMULATE: "off", IOC_MQTT_PORT: "off", IOC_API_KEY: key };
const base = temporaryFolder();
const healthy = join(base.path, "healthy");

/** A folder with readings in blocks. */
beforeAll(async () => {
  const program = await Program.start({ dataDir: healthy, env });
  const datastream = await datastreamOf(program);
  const sender = new Sender(program, datastream);
  for (let first = 0; first < 20_000; first += 5000) expect((await sender.send(first, 5000)).status).toBe(202);
  expect(await program.stop()).toBe(0);
});
afterAll(() => base[Symbol.dispose]());

function overwrite(file: string, at: number, bytes: Buffer): void {
  const handle = openSync(file, "r+");
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** Notes a schema step that this program does not know. */
function fromTheFuture(file: string, component: string): void {
  const db = openDatabase(file);
  db.prepare("INSERT INTO migration VALUES (?, 999, 'something new', '2030-01-01T00:00:00Z')").run(component);
  db.close();
}

const hashes = (folder: string): Record<string, string> =>
  Object.fromEntries(
    ["observations.db", "city.db", "datasets.db"].map((name) => [
      name,
      createHash("sha256")
        .update(readFileSync(join(folder, name)))
        .digest("hex"),
    ]),
  );

test.each<[string, (folder: string) => void, RegExp]>([
  [
    "the header of observations.db is overwritten",
    (folder) => overwrite(join(folder, "observations.db"), 0, Buffer.alloc(100, 0xa5)),
    /observations\.db is no longer a SQLite database; restore it from a backup/,
  ],
  [
    "the header of city.db is overwritten",
    (folder) => overwrite(join(folder, "city.db"), 0, Buffer.alloc(100, 0xa5)),
    /database \S+city\.db is not a SQLite database; restore it from a backup/,
  ],
  [
    "the header of datasets.db is overwritten",
    (folder) => overwrite(join(folder, "datasets.db"), 0, Buffer.alloc(100, 0xa5)),
    /database \S+datasets\.db is not a SQLite database; restore it from a backup/,
  ],
  [
    "observations.db is cut",
    (folder) => truncateSync(join(folder, "observations.db"), 20_000),
    /observations\.db is damaged; .*restore it from a backup/,
  ],
  [
    "city.db is cut",
    (folder) => truncateSync(join(folder, "city.db"), 10_000),
    /city\.db is damaged; .*restore it from a backup/,
  ],
  [
    "datasets.db is cut",
    (folder) => truncateSync(join(folder, "datasets.db"), 10_000),
    /datasets\.db is damaged; .*restore it from a backup/,
  ],
  [
    "the second page of observations.db is zeros",
    (folder) => overwrite(join(folder, "observations.db"), 4096, Buffer.alloc(4096 * 3)),
    /observations\.db is damaged; .*restore it from a backup/,
  ],
  [
    "observations.db was written by a newer program",
    (folder) => fromTheFuture(join(folder, "observations.db"), "observations"),
    /observations\.db was written by a newer program: .*start the newer program or restore an older backup/,
  ],
  [
    "datasets.db was written by a newer program",
    (folder) => fromTheFuture(join(folder, "datasets.db"), "datasets"),
    /datasets\.db was written by a newer program: .*start the newer program or restore an older backup/,
  ],
  [
    "city.db was written by a newer program",
    (folder) => fromTheFuture(join(folder, "city.db"), "server"),
    /city\.db was written by a newer program: .*start the newer program or restore an older backup/,
  ],
])(
  "%s: the start says which file and what to do, and changes nothing",
  { timeout: 60_000 },
  async (name, damage, told) => {
    const folder = join(base.path, name.replaceAll(" ", "-"));
    cpSync(healthy, folder, { recursive: true });
    damage(folder);
    const before = hashes(folder);
    const program = await Program.launch({ dataDir: folder, env });
    expect(await program.exited).toBe(1);
    expect(program.output).toMatch(/City IOC cannot start: /);
    expect(program.output).toMatch(told);
    expect(program.output).toMatch(/`ioc store check` .* `ioc restore`/);
    // A person is told what to do, not where in the program it was noticed.
    expect(program.output).not.toMatch(/\n +at /);
    expect(hashes(folder)).toEqual(before);
  },
);

test("a folder that cannot be made is told with its path", { timeout: 60_000 }, async () => {
  const file = join(base.path, "a-file");
  writeFileSync(file, "in the way");
  const program = await Program.launch({ dataDir: join(file, "data"), env });
  expect(await program.exited).toBe(1);
  expect(program.output).toMatch(
    /cannot start: the data folder \S+a-file\/data cannot be made or used: .*IOC_DATA_DIR/,
  );
  expect(program.output).not.toMatch(/\n +at /);
});

test("a folder that may only be read is told", { timeout: 60_000 }, async () => {
  const folder = join(base.path, "read-only");
  cpSync(healthy, folder, { recursive: true });
  const before = hashes(folder);
  // Without its bookkeeping files, as a restored copy comes.
  mkdirSync(folder, { recursive: true });
  for (const name of ["observations.db", "city.db", "datasets.db"]) chmodSync(join(folder, name), 0o444);
  chmodSync(base.path, 0o755);
  chmodSync(folder, 0o555);
  try {
    const { code, output } = await startAsNobody(folder);
    expect(output).toMatch(/cannot start: .*read-only.*(permissions|written)/);
    expect(code).toBe(1);
    expect(hashes(folder)).toEqual(before);
  } finally {
    chmodSync(folder, 0o755);
  }
});

test("rows that do not fit a changed pack are told with the row", { timeout: 60_000 }, async () => {
  const pack = join(base.path, "city");
  cpSync(join(root, "fixtures/danang"), pack, { recursive: true });
  const write = (type: string) =>
    writeFileSync(
      join(pack, "datasets/more.yaml"),
      `[{ id: more, name: { vi: a, en: a }, group: g, publisher: ioc, frequency: P1D, classification: open, licence: NONE,
        origin: sent, source: { vi: a, en: a }, columns: [{ id: id, type: string, key: true }, { id: n, type: ${type} }] }]`,
    );
  write("string");
  const dataDir = join(base.path, "changed");
  const before = await Program.start({ dataDir, env: { ...env, IOC_CITY: pack } });
  const sent = await post(before, "/api/v1/datasets/more/rows", { rows: [{ id: "a", n: "some" }] });
  expect(sent.status).toBe(200);
  expect(await before.stop()).toBe(0);
  write("integer");
  const program = await Program.launch({ dataDir, env: { ...env, IOC_CITY: pack } });
  expect(await program.exited).toBe(1);
  expect(program.output).toMatch(
    /cannot start: the rows of dataset more do not fit .*: row \["a"\]: column n: give a whole/,
  );
  expect(program.output).not.toMatch(/\n +at /);
});

/** Permissions bind everybody but root: a test that runs as root starts the program as somebody else. */
async function startAsNobody(dataDir: string): Promise<{ code: number | null; output: string }> {
  const own = [process.execPath, "apps/server/src/main.ts"];
  const command = process.getuid?.() === 0 ? ["setpriv", "--reuid=65534", "--clear-groups", ...own] : own;
  const [program = "", ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...env, IOC_PORT: "0", IOC_HOST: "127.0.0.1", IOC_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.once("exit", (code) => done({ code, output })));
}
