import { Agent, request } from "node:http";

/** A client that keeps its connections; answers are read whole. */
export class HttpClient {
  readonly #agent: Agent;
  readonly #port: number;
  readonly #headers: Record<string, string>;

  constructor(port: number, connections: number, headers: Record<string, string> = {}) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#port = port;
    this.#headers = headers;
  }

  /** @throws when the status is 300 or more */
  send(method: "GET" | "POST", path: string, body?: string | Buffer): Promise<string> {
    return new Promise((done, fail) => {
      const headers = {
        ...this.#headers,
        ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
      };
      const sent = request(
        { agent: this.#agent, host: "127.0.0.1", port: this.#port, method, path, headers },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on("data", (part: Buffer) => parts.push(part));
          answer.on("error", fail);
          answer.on("end", () => {
            const text = Buffer.concat(parts).toString();
            if ((answer.statusCode ?? 0) < 300) done(text);
            else fail(new Error(`${method} ${path.slice(0, 200)}: ${answer.statusCode} ${text.slice(0, 500)}`));
          });
        },
      );
      sent.on("error", fail);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
