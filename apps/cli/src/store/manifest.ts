import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { BackupFailed } from "@ioc/observations/sqlite";

export const MANIFEST = "manifest.json";
/** Files of a data folder, in the order they are copied: alerts never speak of readings that are not in the backup. */
export const BACKED_UP = ["city.db", "datasets.db", "observations.db"] as const;
export type BackedUp = (typeof BACKED_UP)[number];
/** A folder of an earlier version has none of these yet, nor has its backup. */
const LATER: readonly BackedUp[] = ["datasets.db"];

/** @throws {BackupFailed} when the folder lacks a file that every data folder has */
export function filesOf(dataDir: string): BackedUp[] {
  return BACKED_UP.filter((name) => {
    if (existsSync(join(dataDir, name))) return true;
    if (!LATER.includes(name)) throw new BackupFailed(`${dataDir} is no data folder: it has no ${name}`);
    return false;
  });
}

const amount = z.number().int().nonnegative();
const manifestSchema = z.object({
  format: z.literal("city-ioc-backup"),
  version: z.literal(1),
  /** Version of the program that made it. */
  program: z.string(),
  /** When it was begun, UTC. */
  time: z.iso.datetime(),
  /** Every reading acknowledged with this change-log sequence or an earlier one is in it. */
  sequence: amount,
  contents: z.object({ series: amount, blocks: amount, readings: amount, journalRows: amount }),
  files: z
    .array(z.object({ name: z.enum(BACKED_UP), bytes: amount, sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .refine(
      (files) =>
        BACKED_UP.every((name) => count(files, name) === 1 || (count(files, name) === 0 && LATER.includes(name))),
      `must list ${BACKED_UP.join(", ")}, each once`,
    ),
});

function count(files: readonly { name: BackedUp }[], name: BackedUp): number {
  return files.filter((file) => file.name === name).length;
}

/** What a backup says of itself; written last, so a folder without it is not a backup. */
export type Manifest = z.infer<typeof manifestSchema>;

/** @throws {BackupFailed} when the folder is no backup, or one of a newer program */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) throw new BackupFailed(`${folder} is no backup: it has no ${MANIFEST}`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new BackupFailed(`${file} is no JSON: it was changed or cut`, error);
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "all"}: ${message}`);
  throw new BackupFailed(`${file} is not a manifest that this program knows (${problems.join("; ")})`);
}

export async function describeFile(folder: string, name: BackedUp): Promise<Manifest["files"][number]> {
  const path = join(folder, name);
  return { name, bytes: statSync(path).size, sha256: await sha256(path) };
}

/** @throws {BackupFailed} when a file is missing or is not the one that was backed up */
export async function verifyFiles(folder: string, manifest: Manifest): Promise<void> {
  for (const { name, bytes, sha256: expected } of manifest.files) {
    const path = join(folder, name);
    if (!existsSync(path)) throw new BackupFailed(`${path} is missing`);
    const { size } = statSync(path);
    if (size !== bytes) throw new BackupFailed(`${path} has ${size} bytes, not ${bytes}: it was changed or cut`);
    if ((await sha256(path)) !== expected) {
      throw new BackupFailed(`${path} was changed since it was backed up: its SHA-256 is not that of the manifest`);
    }
  }
}

async function sha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
