import { createHash } from "node:crypto";
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { Checkpoint } from "./import-file.ts";

/** How far an import got, kept in a small file so that it can go on after an interruption. */

const whole = z.int().min(0);
const counts = z.record(z.string(), whole);
const report = z.object({
  file: z.string(),
  rows: whole,
  rowsWithReadings: whole,
  rowsEmpty: whole,
  rowsRefused: whole,
  cells: whole,
  cellsMissing: whole,
  cellsRefused: whole,
  readings: whole,
  stored: whole,
  duplicate: whole,
  corrected: whole,
  quarantined: counts,
  readingsQuarantined: whole,
  samples: z.array(z.object({ line: whole, reason: z.string(), message: z.string(), sample: z.string() })),
});

const fileState = z.object({
  /** Bytes on the disk, and a SHA-256 of the first of them: what is read on must be the same file. */
  size: whole,
  beginning: z.string(),
  place: z.object({ end: whole, line: whole }),
  done: z.boolean(),
  report,
});
type FileState = z.infer<typeof fileState>;

const stateFile = z.object({
  version: z.literal(1),
  /** Server or data folder, and SHA-256 of the mapping: readings of one import go to one place by one rule. */
  target: z.string(),
  mapping: z.string(),
  files: z.record(z.string(), fileState),
});

/** Bytes of the beginning that are compared. */
const beginningLength = 1 << 20;

/** What an import is, as far as going on with it is concerned. */
export interface ImportIdentity {
  target: string;
  mapping: string;
}

export interface ImportState {
  /** Where a file was acknowledged up to; null when nothing of it was. */
  of(file: string): (Checkpoint & { done: boolean }) | null;
  /** Keeps how far a file is; the file before is replaced as a whole. */
  keep(file: string, checkpoint: Checkpoint, done: boolean): Promise<void>;
  /** The import is complete. */
  remove(): Promise<void>;
}

/** An import that cannot go on; the message says why and what to do. */
export class CannotResume extends Error {
  constructor(why: string) {
    super(`the import cannot go on: ${why}; leave --resume away to begin again (what is there already stays once)`);
    this.name = "CannotResume";
  }
}

export async function mappingHash(file: string): Promise<string> {
  return sha256(await readFile(file));
}

/**
 * Opens the state of an import that begins.
 * @param path Where it is kept; a state that lies there already is replaced by the first batch.
 */
export async function newState(path: string, identity: ImportIdentity, files: readonly string[]): Promise<ImportState> {
  return stateOf(path, identity, await describeAll(files), {});
}

/**
 * Opens the state of an import that was interrupted.
 * @throws {CannotResume} when there is none, or it is of another target, mapping or file.
 */
export async function resumedState(
  path: string,
  identity: ImportIdentity,
  files: readonly string[],
): Promise<ImportState> {
  const kept = await readState(path);
  if (kept.target !== identity.target) throw new CannotResume(`it went to ${kept.target}, not to ${identity.target}`);
  if (kept.mapping !== identity.mapping) throw new CannotResume("the mapping has changed since");
  const described = await describeAll(files);
  for (const [file, { size, beginning }] of Object.entries(kept.files)) {
    const now = described.get(file);
    if (now && (now.size !== size || now.beginning !== beginning)) {
      throw new CannotResume(`${file} is not the file that it was (${now.size} bytes now, ${size} then)`);
    }
  }
  return stateOf(path, identity, described, kept.files);
}

async function readState(path: string): Promise<z.infer<typeof stateFile>> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CannotResume(error.code === "ENOENT" ? `there is no state of one in ${path}` : error.message);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CannotResume(`${path} is no state of an import`);
  }
  const parsed = stateFile.safeParse(json);
  if (!parsed.success) throw new CannotResume(`${path} is no state of an import`);
  return parsed.data;
}

type Described = ReadonlyMap<string, { size: number; beginning: string }>;

function stateOf(
  path: string,
  identity: ImportIdentity,
  described: Described,
  kept: Record<string, FileState>,
): ImportState {
  const files = { ...kept };
  return {
    of: (file) => files[file] ?? null,
    async keep(file, { place, report }, done) {
      const { size = 0, beginning = "" } = described.get(file) ?? {};
      files[file] = { size, beginning, place, done, report };
      const next = `${path}.next`;
      await writeFile(next, `${JSON.stringify({ version: 1, ...identity, files })}\n`);
      await rename(next, path);
    },
    remove: () => rm(path, { force: true }),
  };
}

async function describeAll(files: readonly string[]): Promise<Described> {
  const described = new Map<string, { size: number; beginning: string }>();
  for (const file of files) described.set(file, { size: (await stat(file)).size, beginning: await beginningOf(file) });
  return described;
}

async function beginningOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const bytes = Buffer.alloc(beginningLength);
    const { bytesRead } = await handle.read(bytes, 0, beginningLength, 0);
    return sha256(bytes.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
