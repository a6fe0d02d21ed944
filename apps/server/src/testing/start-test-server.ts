import { temporaryFolder } from "@ioc/testkit";
import { startServer, type RunningServer } from "../compose.ts";
import { readConfig } from "../config/config.ts";
import { createLog } from "../log.ts";

export const testKey = "a-key-for-tests-only";

/** The whole program on free ports with a data folder of its own and nothing simulated; ended with `await using`. */
export async function startTestServer(
  environment: Record<string, string> = {},
): Promise<AsyncDisposable & { running: RunningServer; url: string; dataDir: string; call: Call; send: Send }> {
  const folder = temporaryFolder();
  const { config } = readConfig({
    IOC_PORT: "0",
    IOC_MQTT_PORT: "0",
    IOC_SIMULATE: "off",
    IOC_API_KEY: testKey,
    IOC_DATA_DIR: folder.path,
    ...environment,
  });
  const running = await startServer(config, createLog({ format: "text", level: "error" }));
  return {
    running,
    url: running.url,
    dataDir: config.dataDir,
    call: callOf(running.url),
    send: sendOf(running.url),
    async [Symbol.asyncDispose]() {
      await running.stop();
      folder[Symbol.dispose]();
    },
  };
}

type Call = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
type Send = (
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json(): unknown;
}

const withKey = { Authorization: `Bearer ${testKey}` };

/** Sends GET, or POST as JSON with the key when there is a body; a text is sent as it is. */
function callOf(url: string): Call {
  const send = sendOf(url);
  return (path, body, headers = {}) =>
    body === undefined ? send("GET", path, undefined, headers) : send("POST", path, body, { ...withKey, ...headers });
}

/** Sends a request; a body goes as JSON, a text as it is. */
function sendOf(url: string): Send {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : { "Content-Type": "application/json" }), ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as unknown };
  };
}
