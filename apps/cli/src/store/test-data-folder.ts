import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { vi } from "vitest";
import type { DatastreamSpec, QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import type { Observations } from "@ioc/observations/sqlite";
import { openDataFolder } from "@ioc/server";
import { backupCommand, restoreCommand, storeCommand } from "./command.ts";

const main = resolve(import.meta.dirname, "../main.ts");
export const T0 = Date.UTC(2026, 9, 1);

export const specs: DatastreamSpec[] = Array.from({ length: 20 }, (_, i) => ({
  id: `station-${i}:level`,
  station: `station-${i}`,
  property: "level",
  unit: "m",
  kind: "instant",
  periodSeconds: 60,
  min: null,
  max: null,
  maxStep: null,
  decimals: 2,
}));

interface Ended {
  code: number;
  out: string;
  err: string;
}

export const NOW = Date.UTC(2026, 9, 10);
export const PROGRAM = "1.2.3";

/** Runs the command in a process of its own, under a shell's limits when they are given. */
export function program(args: readonly string[], limits = ""): Promise<Ended> {
  const command = `${limits} exec "$0" "$@"`;
  return new Promise((done) => {
    execFile("bash", ["-c", command, process.execPath, main, ...args], (error, out, err) => {
      done({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, out, err });
    });
  });
}

/** Runs the command here. */
export async function ioc([command, ...args]: readonly string[]): Promise<Ended> {
  let [out, err] = ["", ""];
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true)),
    vi.spyOn(process.stderr, "write").mockImplementation((text) => ((err += String(text)), true)),
  ];
  try {
    const commands = { store: storeCommand, backup: backupCommand, restore: restoreCommand };
    const code = await commands[command as keyof typeof commands](args);
    return { code, out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

export function reading(series: number, n: number): QualifiedObservation {
  const phenomenonTime = T0 + n * 60_000;
  const result = ((series * 31 + n) % 997) / 100;
  const datastream = specs[series]!.id;
  return { datastream, phenomenonTime, resultTime: phenomenonTime, result, quality: 1, reasons: [] };
}

export async function openStore(folder: string): Promise<{ store: Observations; close(): Promise<void> }> {
  const data = openDataFolder(folder);
  const store = await openObservations({ file: data.observationsFile });
  await store.writer.register(specs);
  return {
    store,
    async close() {
      await store.close();
      data.close();
    },
  };
}

/** A data folder with `count` readings of each station, that nobody uses. */
export async function filled(folder: string, count = 200): Promise<void> {
  const { store, close } = await openStore(folder);
  for (const [series] of specs.entries()) {
    await store.writer.record(Array.from({ length: count }, (_, n) => reading(series, n)));
  }
  await close();
}
