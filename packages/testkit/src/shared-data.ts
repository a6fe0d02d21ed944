import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./root.ts";

/** Folder of real series and messages: `IOC_SHARED_DATA`, default `../shared/data` beside the checkout. */
export function sharedData(...path: string[]): string {
  return resolve(root, process.env["IOC_SHARED_DATA"] ?? "../shared/data", ...path);
}

/**
 * True when the shared test data named is there. Where it is not, a test is to be skipped (`describe.skipIf`) with a clear
 * line; with `CI=true` its absence is an error.
 */
export function requireSharedData(name: string): boolean {
  if (existsSync(sharedData(name))) return true;
  const message = `test data "${name}" not found at ${sharedData(name)}; set IOC_SHARED_DATA`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}
