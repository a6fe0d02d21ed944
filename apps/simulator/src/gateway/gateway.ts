import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import type { RowReceipt } from "@ioc/contracts";
import { rowReceipt } from "@ioc/contracts";
import { bodyOf } from "../emission/text.ts";

export interface GatewayOptions {
  /** Base address of the server. */
  url: string;
  apiKey: string;
  /** Live observations kept while the server is away; the oldest go when there are more. */
  maxBuffered?: number;
  /** Most live observations in a request. */
  batch?: number;
  /** Told once for each kind of trouble and when it is over; for the log. */
  report?: (message: string) => void;
}

/** What became of a batch of rows. `unknown`: the server has no such dataset or does not take it (404, 403). */
export type RowsOutcome =
  | { kind: "taken"; receipt: RowReceipt | null }
  | { kind: "unknown" | "refused"; status: number; text: string }
  | { kind: "closed" };

interface Answer {
  status: number;
  retryAfterMs: number | null;
  text: string;
}

const longestWaitMs = 10_000;
const answerTimeoutMs = 60_000;

/** The server calls the body wrong: sending it again would not help. */
const wrongBody = [400, 413, 422];
/** The server does not take this dataset. */
const notTaken = [403, 404];

/**
 * Store-and-forward gateway in front of `POST /api/v1/observations` and `POST /api/v1/datasets/{id}/rows`: keeps readings
 * while the server is away or says 429, and sends them again in order until they are accepted. A batch that the server calls
 * wrong (400, 413, 422) is dropped and counted.
 */
export class Gateway {
  readonly #options: Required<GatewayOptions>;
  readonly #address: URL;
  readonly #agent: HttpAgent | HttpsAgent;
  readonly #closing = new AbortController();
  #queue: string[] = [];
  #pump: Promise<void> | null = null;
  #trouble: string | null = null;
  /** Observations accepted, refused for good, and dropped because the buffer was full. */
  readonly counts = { accepted: 0, refused: 0, dropped: 0 };

  constructor(options: GatewayOptions) {
    this.#options = { maxBuffered: 500_000, batch: 5000, report: () => {}, ...options };
    this.#address = new URL("/api/v1/observations", options.url);
    const keepAlive = { keepAlive: true, maxSockets: 8 };
    this.#agent = this.#address.protocol === "https:" ? new HttpsAgent(keepAlive) : new HttpAgent(keepAlive);
  }

  /** Live observations (JSON texts) that wait. */
  get backlog(): number {
    return this.#queue.length;
  }

  /** Take live observations; they go out one request after the other. */
  send(lines: readonly string[]): void {
    for (const line of lines) this.#queue.push(line);
    const over = this.#queue.length - this.#options.maxBuffered;
    if (over > 0) {
      this.#queue.splice(0, over);
      this.counts.dropped += over;
    }
    if (this.#queue.length > 0) this.#pump ??= this.#forward();
  }

  /** Send one body until it is accepted. False: the server refused it for good, or the gateway was closed. */
  async post(body: string, count: number): Promise<boolean> {
    const answer = await this.#deliver(this.#address, body, wrongBody);
    if (answer === null) return false;
    if (isTaken(answer)) {
      this.counts.accepted += count;
      return true;
    }
    this.counts.refused += count;
    this.#say(`server refused a batch of ${count}: ${answer.status} ${answer.text.slice(0, 300)}`);
    return false;
  }

  /** Send rows of a dataset, made up as they are, until the server takes them or says that it will not. */
  async postRows(dataset: string, rows: readonly unknown[]): Promise<RowsOutcome> {
    const address = new URL(`/api/v1/datasets/${dataset}/rows`, this.#options.url);
    const answer = await this.#deliver(address, JSON.stringify({ rows, synthetic: true }), [...wrongBody, ...notTaken]);
    if (answer === null) return { kind: "closed" };
    if (isTaken(answer)) return { kind: "taken", receipt: receiptOf(answer.text) };
    const { status, text } = answer;
    return { kind: notTaken.includes(status) ? "unknown" : "refused", status, text };
  }

  /** Send a body until it is taken or answered with one of the `final` statuses. Null: the gateway was closed. */
  async #deliver(address: URL, body: string, final: readonly number[]): Promise<Answer | null> {
    for (let attempt = 0; !this.#closing.signal.aborted; attempt += 1) {
      const answer = await this.#request(address, body).catch((error: unknown) => message(error));
      if (typeof answer !== "string" && (isTaken(answer) || final.includes(answer.status))) {
        if (isTaken(answer)) this.#over();
        return answer;
      }
      this.#say(typeof answer === "string" ? answer : `server answered ${answer.status}`);
      const patience = Math.min(longestWaitMs, 200 * 2 ** Math.min(attempt, 6));
      const asked = typeof answer === "string" ? null : answer.retryAfterMs;
      await sleep(asked ?? patience, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
    return null;
  }

  /** Wait until everything taken was sent, at most `withinMs`; then give up what is left. */
  async close(withinMs: number): Promise<void> {
    if (this.#pump) await Promise.race([this.#pump, sleep(withinMs)]);
    this.#closing.abort();
    this.#agent.destroy();
  }

  async #forward(): Promise<void> {
    while (this.#queue.length > 0 && !this.#closing.signal.aborted) {
      const lines = this.#queue.splice(0, this.#options.batch);
      const done = await this.post(bodyOf(lines), lines.length);
      if (!done && this.#closing.signal.aborted) this.#queue.unshift(...lines);
    }
    this.#pump = null;
  }

  #request(address: URL, body: string): Promise<Answer> {
    const send = address.protocol === "https:" ? httpsRequest : httpRequest;
    const bytes = Buffer.from(body);
    return new Promise((resolve, reject) => {
      const request = send(
        address,
        {
          method: "POST",
          agent: this.#agent,
          signal: this.#closing.signal,
          timeout: answerTimeoutMs,
          headers: {
            authorization: `Bearer ${this.#options.apiKey}`,
            "content-type": "application/json",
            "content-length": bytes.length,
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on("data", (part: Buffer) => {
            if (parts.length < 16) parts.push(part);
          });
          response.on("error", reject);
          response.on("end", () => {
            const retry = response.headers["retry-after"];
            resolve({
              status: response.statusCode ?? 0,
              retryAfterMs: retry === undefined ? null : retryMs(retry),
              text: Buffer.concat(parts).toString("utf8"),
            });
          });
        },
      );
      request.on("timeout", () => request.destroy(new Error("the server did not answer in time")));
      request.on("error", reject);
      request.end(bytes);
    });
  }

  #say(text: string): void {
    if (text === this.#trouble || this.#closing.signal.aborted) return;
    this.#trouble = text;
    this.#options.report(text);
  }

  #over(): void {
    if (this.#trouble !== null) this.#options.report("the server takes readings again");
    this.#trouble = null;
  }
}

function isTaken({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** What the server says of a batch of rows; null when it says it in another form. */
function receiptOf(text: string): RowReceipt | null {
  try {
    return rowReceipt.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Waiting time of a Retry-After header in seconds; another form counts as one second. Never longer than a minute. */
function retryMs(header: string): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(60, seconds) * 1000 : 1000;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
