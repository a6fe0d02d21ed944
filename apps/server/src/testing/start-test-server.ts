import { temporaryFolder } from "@ioc/testkit";
import { startServer, type RunningServer } from "../compose.ts";
import { readConfig } from "../config/config.ts";
import { createLog } from "../log.ts";

export const testKey = "a-key-for-tests-only";

/** The whole program on free ports with a data folder of its own and nothing simulated; ended with `await using`. */
export async function startTestServer(
  environment: Record<string, string> = {},
): Promise<AsyncDisposable & { running: RunningServer; url: string; dataDir: string; call: Call }> {
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
    async [Symbol.asyncDispose]() {
      await running.stop();
      folder[Symbol.dispose]();
    },
  };
}

type Call = (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;
interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json(): unknown;
}

/** Sends GET, or POST as JSON with the key when there is a body; a text is sent as it is. */
function callOf(url: string): Call {
  return async (path, body, headers = {}) => {
    const post = { "Content-Type": "application/json", Authorization: `Bearer ${testKey}` };
    const response = await fetch(url + path, {
      ...(body === undefined ? {} : { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
      headers: { ...(body === undefined ? {} : post), ...headers },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) as unknown };
  };
}
