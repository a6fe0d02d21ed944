import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Program, temporaryFolder } from "@ioc/testkit";
import { HttpClient } from "../peers/http.ts";
import { w1Properties, w1Stations, writeW1Pack } from "../peers/w1-pack.ts";
import { benchKey } from "../program.ts";

/** Names of the 2,000 datastreams. */
export const datastreams = w1Stations.flatMap((station) => w1Properties.map((property) => `${station}:${property}`));

export interface City {
  program: Program;
  http: HttpClient;
}

/** Runs `work` against a program with 400 stations of five properties in an empty folder, and stops it afterwards. */
export async function withCity<T>(connections: number, work: (city: City) => Promise<T>): Promise<T> {
  using folder = temporaryFolder();
  const [pack, dataDir] = [join(folder.path, "pack"), join(folder.path, "data")];
  mkdirSync(pack);
  mkdirSync(dataDir);
  writeW1Pack(pack);
  const env = { IOC_API_KEY: benchKey, IOC_SIMULATE: "off", IOC_CITY: pack, IOC_RATE_LIMIT: "0", IOC_MQTT_PORT: "off" };
  const program = await Program.start({ dataDir, env });
  const headers = { "content-type": "application/json", authorization: `Bearer ${benchKey}` };
  const http = new HttpClient(program.port, connections, headers);
  try {
    return await work({ program, http });
  } finally {
    http.close();
    await program.stop();
  }
}

/** A value that can be worked out again from its place. */
export function valueAt(series: number, step: number): number {
  return ((series * 7 + step) % 500) / 10;
}

/** Times `count` runs after two that are not counted, ms. */
export async function timed(count: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = -2; i < count; i++) {
    const startedAt = performance.now();
    await work(i);
    if (i >= 0) taken.push(performance.now() - startedAt);
  }
  return taken;
}
