import { join } from "node:path";
import { temporaryFolder } from "@ioc/testkit";
import { openObservations } from "./sqlite/index.ts";

let opened: ReturnType<typeof openObservations> | undefined;

/**
 * An observation store with nothing in it, one for all tests of a process: opening one takes longer than most rules. It stays open, as the
 * next file of tests may ask for it, and goes with the process.
 */
export function emptyStore(): ReturnType<typeof openObservations> {
  if (!opened) {
    const folder = temporaryFolder();
    process.once("exit", () => folder[Symbol.dispose]());
    opened = openObservations({ file: join(folder.path, "observations.db") });
  }
  return opened;
}
