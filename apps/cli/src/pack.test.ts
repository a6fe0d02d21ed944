import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@ioc/testkit";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { packCheck, packSetBoundaries } from "./pack.ts";

const danang = resolve(import.meta.dirname, "../../../fixtures/danang");
let output: string;

beforeEach(() => {
  output = "";
  const keep = (text: string | Uint8Array): boolean => {
    output += String(text);
    return true;
  };
  vi.spyOn(process.stdout, "write").mockImplementation(keep);
  vi.spyOn(process.stderr, "write").mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test("a good pack is summed up", async () => {
  expect(await packCheck([danang]), output).toBe(0);
  expect(output).toMatch(/stations +524\n/);
  expect(output).toMatch(/scheme dn-2025\* +95 areas, 524 stations, 2727 datastreams\n/);
  expect(output).toMatch(/scheme dn-2024 +56 areas, 405 stations, \d+ datastreams\n/);
});

test("a broken pack is listed with file, line, problem and remedy", async () => {
  using folder = temporaryFolder();
  cpSync(danang, folder.path, { recursive: true });
  const file = join(folder.path, "kinds/tide.yaml");
  const text = readFileSync(file, "utf8");
  const line = text.split("\n").indexOf("owner: kttv") + 1;
  writeFileSync(file, text.replace("owner: kttv", "owner: nobody"));
  expect(await packCheck([folder.path])).toBe(1);
  expect(output).toContain(
    `kinds/tide.yaml:${line}  owner\n  there is no agency "nobody"\n  → use an id of agencies.yaml\n`,
  );
});

test("a device of an unknown model is listed with the models of its maker", async () => {
  using folder = temporaryFolder();
  cpSync(danang, folder.path, { recursive: true });
  const file = join(folder.path, "devices.yaml");
  const text = readFileSync(file, "utf8");
  const line = text.split("\n").indexOf("  model: decentlab/dl-atm41") + 1;
  writeFileSync(file, text.replace("decentlab/dl-atm41", "decentlab/dl-atm"));
  expect(await packCheck([folder.path])).toBe(1);
  expect(output).toContain(
    `devices.yaml:${line}  [3].model\n  no decoder for decentlab/dl-atm\n  → use one of: decentlab/dl-alb`,
  );
});

test("boundaries that do not fit are refused with the exit code 1, wrong arguments with 2", async () => {
  using folder = temporaryFolder();
  cpSync(danang, folder.path, { recursive: true });
  const file = join(folder.path, "nothing.geojson");
  writeFileSync(file, '{"type":"FeatureCollection","features":[]}');
  expect(await packSetBoundaries([file, "--pack", folder.path])).toBe(1);
  expect(output).toContain("nothing was changed");
  expect(await packSetBoundaries([])).toBe(2);
  expect(await packSetBoundaries([file, "--colour", "red"])).toBe(2);
  expect(output).toContain("usage: ioc pack set-boundaries");
});
