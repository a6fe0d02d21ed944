import { execFile, spawnSync } from "node:child_process";

/** True when a Debian program is there. Without it a test is skipped with a line; with `CI=true` that is an error. */
export function haveProgram(name: string): boolean {
  if (spawnSync(name, ["--version"]).error === undefined) return true;
  const message = `no ${name}; install Debian's package prometheus`;
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(`skipped: ${message}`);
  return false;
}

/** What `promtool check metrics` says of a text; empty when it finds nothing. */
export async function promtoolFindings(text: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile("promtool", ["check", "metrics"], (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") return fail(error);
      done(`${stdout}${stderr}${error && stdout === "" && stderr === "" ? `exit ${error.code}` : ""}`);
    });
    child.stdin?.end(text);
  });
}
