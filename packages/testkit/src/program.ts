import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./root.ts";

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  server.close();
  await once(server, "close");
  return address.port;
}

/** Asks again every 100 ms until `check` answers something; throws with `what` when it takes longer than `ms`. */
export async function until<T>(what: string, ms: number, check: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      const value = await check();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) throw new Error(`waited ${ms} ms for ${what}`, { cause: last });
    await sleep(100);
  }
}

export interface ProgramOptions {
  dataDir: string;
  port?: number;
  mqttPort?: number;
  env?: Record<string, string>;
}

/** The program as a person starts it: one process, its own data folder and ports. */
export class Program {
  readonly url: string;
  readonly port: number;
  readonly mqttPort: number;
  output = "";
  readonly exited: Promise<number | null>;
  readonly #child;

  private constructor(options: Required<Pick<ProgramOptions, "dataDir" | "port" | "mqttPort">> & ProgramOptions) {
    this.port = options.port;
    this.mqttPort = options.mqttPort;
    this.url = `http://127.0.0.1:${options.port}`;
    this.#child = spawn(process.execPath, ["apps/server/src/main.ts"], {
      cwd: root,
      env: {
        ...process.env,
        IOC_HOST: "127.0.0.1",
        IOC_PORT: String(options.port),
        IOC_MQTT_PORT: String(options.mqttPort),
        IOC_DATA_DIR: options.dataDir,
        ...options.env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    this.#child.stdout.on("data", keep);
    this.#child.stderr.on("data", keep);
    this.exited = new Promise((done) => this.#child.once("exit", (code) => done(code)));
  }

  /** Process id. */
  get pid(): number {
    if (this.#child.pid === undefined) throw new Error("the program was not started");
    return this.#child.pid;
  }

  static async launch(options: ProgramOptions): Promise<Program> {
    return new Program({
      ...options,
      port: options.port ?? (await freePort()),
      mqttPort: options.mqttPort ?? (await freePort()),
    });
  }

  /** Launches and waits until `/api/v1/ready` answers 200. */
  static async start(options: ProgramOptions): Promise<Program> {
    const program = await Program.launch(options);
    try {
      await program.ready();
    } catch (error) {
      await program.kill();
      throw new Error(`the program did not become ready:\n${program.output}`, { cause: error });
    }
    return program;
  }

  async ready(ms = 60_000): Promise<void> {
    let ended: string | undefined;
    void this.exited.then((code) => (ended = `ended with ${code}`));
    await until("readiness", ms, async () => {
      if (ended !== undefined) return true;
      return (await fetch(`${this.url}/api/v1/ready`)).ok;
    });
    if (ended !== undefined) throw new Error(`the program ${ended}:\n${this.output}`);
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(this.url + path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** As Ctrl-C does. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill("SIGINT");
    const code = await Promise.race([this.exited, sleep(15_000).then(() => "late" as const)]);
    if (code !== "late") return code;
    await this.kill();
    throw new Error(`did not stop within 15 s:\n${this.output}`);
  }

  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.exited;
  }
}
