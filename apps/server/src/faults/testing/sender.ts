import { execFileSync, spawn } from "node:child_process";
import { openObservations } from "@ioc/observations/sqlite";
import type { Program } from "@ioc/testkit";

export const key = "a-key-for-tests-only";
/** Second of the first reading; each reading has a second and a number of its own. */
const origin = Date.UTC(2026, 0, 1);

/** Whether a program of the system is there. Without it a test is skipped with a line; with `CI=true` that is an error. */
export function haveCommand(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`]);
    return true;
  } catch {
    const message = `no ${command} on this machine`;
    if (process.env["CI"] === "true") throw new Error(message);
    console.warn(`skipped: ${message}`);
    return false;
  }
}

/** Id of some datastream of a kind of station. */
export async function datastreamOf(program: Program, kind = "weather", skip = 0): Promise<string> {
  const { items } = await program.get<{ items: { id: string }[] }>(
    `/api/v1/datastreams?kind=${kind}&limit=${skip + 1}`,
  );
  const id = items[skip]?.id;
  if (id === undefined) throw new Error(`the pack has no ${skip + 1} datastreams of ${kind}`);
  return id;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

export async function post(program: Program, path: string, body: unknown, bearer = key): Promise<Answer> {
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${bearer}` };
  const answer = await fetch(program.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

/** Sends readings with a number each, and remembers which were acknowledged. */
export class Sender {
  readonly #program: Program;
  readonly datastream: string;
  readonly acknowledged = new Set<number>();

  constructor(program: Program, datastream: string) {
    this.#program = program;
    this.datastream = datastream;
  }

  /** Readings number `first` to `first + count - 1`. */
  async send(first: number, count: number): Promise<Answer> {
    const numbers = Array.from({ length: count }, (_, i) => first + i);
    const observations = numbers.map((number) => ({
      datastream: this.datastream,
      phenomenonTime: new Date(origin + number * 1000).toISOString(),
      result: valueOf(number),
    }));
    const answer = await post(this.#program, "/api/v1/observations", { observations });
    if (answer.status === 202) for (const number of numbers) this.acknowledged.add(number);
    return answer;
  }
}

function valueOf(number: number): number {
  return 15 + (number % 200) / 10;
}

/** The numbers of the readings that a stopped server's file holds of a datastream, in order; each with its own value. */
export async function storedNumbers(dataDir: string, datastream: string): Promise<number[]> {
  const store = await openObservations({ file: `${dataDir}/observations.db` });
  try {
    const span = { from: origin - 1, to: origin + 1e9 };
    const rows = await store.reader.raw({ datastreams: [datastream], ...span, validOnly: false });
    return rows.time.map((time, i) => {
      const number = (time - origin) / 1000;
      if (Math.abs((rows.result[i] ?? NaN) - valueOf(number)) > 1e-9) throw new Error(`reading ${number} has changed`);
      return number;
    });
  } finally {
    await store.close();
  }
}

/** The publisher of another maker: sends a message with QoS 1 and ends when it is acknowledged. */
export function mosquittoPublish(program: Program, topic: string, message: string) {
  const given = ["-h", "127.0.0.1", "-p", String(program.mqttPort), "-u", "station", "-P", key, "-q", "1"];
  const child = spawn("mosquitto_pub", [...given, "-t", topic, "-m", message], { stdio: "ignore" });
  const state = { ended: false };
  const code = new Promise<number | null>((done) =>
    child.once("exit", (exit) => {
      state.ended = true;
      done(exit);
    }),
  );
  return { state, code, end: () => child.kill() };
}
