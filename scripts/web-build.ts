import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "apps/web/dist");
const stampFile = join(dist, "sources.sha256");

/** What the web build reads: its own sources and those of the packages it bundles. */
const inputs = [
  "apps/web/*.{ts,json,html}",
  "apps/web/{src,public}/**/*",
  "packages/{charts,contracts}/src/**/*.ts",
  "pnpm-lock.yaml",
];

function digestOfSources(): string {
  const hash = createHash("sha256");
  for (const file of globSync(inputs, { cwd: root }).toSorted()) {
    const path = join(root, file);
    if (!statSync(path).isFile()) continue;
    hash.update(file).update("\0").update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** Builds the web when it is missing or was built from other sources. Returns whether it had to; throws when it fails. */
export function buildWebIfStale(): boolean {
  const digest = digestOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === digest) return false;
  const vite = join(root, "apps/web/node_modules/.bin/vite");
  for (const args of [["build"], ["build", "--ssr", "src/entry-server.tsx", "--outDir", "dist/server"]]) {
    const { status, error } = spawnSync(vite, [...args, "--logLevel", "warn"], {
      cwd: join(root, "apps/web"),
      stdio: "inherit",
    });
    if (status !== 0)
      throw new Error(`the web could not be built: vite ${args.join(" ")} ended with ${error?.message ?? status}`);
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stampFile, digest);
  return true;
}
