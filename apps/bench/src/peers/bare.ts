import { join } from "node:path";
import { freePort, until } from "@ioc/testkit";
import { HttpClient } from "./http.ts";
import type { Peer } from "./peer.ts";
import { observationsBody } from "./ours.ts";
import { startServer } from "./server-process.ts";

type Loader = Pick<Peer, "name" | "pid" | "batch" | "connections" | "body" | "send" | "stop">;

/** The bare pipeline: the same JSON over the same connections, checked and written, and nothing else. */
export async function startBare(folder: string): Promise<Loader> {
  const port = await freePort();
  const script = join(import.meta.dirname, "children/bare-server.ts");
  const server = startServer(process.execPath, [script, folder, String(port)], { folder, asSelf: true });
  const http = new HttpClient(port, 4, { "content-type": "application/json" });
  await until("the bare server", 20_000, async () => (await http.send("GET", "/ready")) === "OK");
  return {
    name: "bare pipeline (Express, zod, journal)",
    pid: server.pid,
    batch: 1000,
    connections: 4,
    body: observationsBody,
    send: async (body) => void (await http.send("POST", "/api/v1/observations", body.toString())),
    async stop() {
      http.close();
      await server.stop();
    },
  };
}
