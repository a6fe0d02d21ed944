import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { join } from "node:path";

/** A program of the machine that a benchmark starts and stops. */
export interface ServerProcess {
  pid: number;
  stop(): Promise<void>;
}

const runsAsRoot = process.getuid?.() === 0;
/** Debian's unprivileged user; database servers refuse to run as root. */
const plainUser = "nobody";

/** Uid and gid that a server is started with: our own, or those of an unprivileged user when we are root. */
function plainIds(): { uid: number; gid: number } | Record<string, never> {
  if (!runsAsRoot) return {};
  const idOf = (flag: string) => Number(spawnSync("id", [flag, plainUser], { encoding: "utf8" }).stdout);
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** Gives a folder to the user that servers run as. */
export function handOver(folder: string): void {
  const { uid, gid } = plainIds();
  if (uid !== undefined) chownSync(folder, uid, gid);
}

/** Runs a command as the servers' user; throws with its output when it fails. */
export function runPlain(command: string, args: readonly string[], folder: string): void {
  const done = spawnSync(command, args, { cwd: folder, encoding: "utf8", ...plainIds() });
  if (done.status !== 0) throw new Error(`${command}: ${done.stderr || done.stdout || String(done.error)}`);
}

/** Starts a server in a folder; as an unprivileged user unless `asSelf`. @param env Added to a bare environment. */
export function startServer(
  command: string,
  args: readonly string[],
  options: { folder: string; env?: Record<string, string>; signal?: NodeJS.Signals; asSelf?: boolean },
): ServerProcess {
  const child = spawn(command, args, {
    cwd: options.folder,
    env: { PATH: process.env["PATH"] ?? "", HOME: options.folder, LC_ALL: "C", ...options.env },
    stdio: "ignore",
    ...(options.asSelf ? {} : plainIds()),
  });
  const ended = endOf(child);
  if (child.pid === undefined) throw new Error(`${command} did not start`);
  return {
    pid: child.pid,
    async stop() {
      child.kill(options.signal ?? "SIGTERM");
      if ((await Promise.race([ended, sleep(30_000)])) === undefined) child.kill("SIGKILL");
      await ended;
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((done) => {
    child.once("exit", () => done("ended"));
    child.once("error", () => done("failed"));
  });
}

export function haveFile(path: string): boolean {
  return existsSync(path);
}

/** Clock ticks a second, fixed by Linux for programs. */
const ticks = 100;

/** Processor seconds of a process with its threads, its living children and those that it has waited for. */
export function processorSecondsOf(pid: number): number {
  return treeOf(pid).reduce((sum, one) => {
    const fields = statFields(one) ?? [];
    return sum + [11, 12, 13, 14].reduce((total, at) => total + Number(fields[at] ?? 0), 0) / ticks;
  }, 0);
}

/** Memory of a process and its children, MB; what they share is counted once (`Pss` of Linux). */
export function memoryMegabytes(pid: number): number {
  return treeOf(pid).reduce((sum, one) => {
    const match = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"));
    return sum + Number(match?.[1] ?? 0) / 1000;
  }, 0);
}

/** A process and all that descend from it. */
function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc").filter((one) => /^\d+$/.test(one))) {
    const parent = Number(statFields(Number(name))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (one: number): number[] => [one, ...(children.get(one) ?? []).flatMap(below)];
  return below(pid);
}

/** Fields of `/proc/PID/stat` from the state on (`proc(5)`: utime is the 14th in all, here 11); null when it has ended. */
function statFields(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return null;
  }
}

/** Bytes of all files of a folder, as they are long. */
export function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
