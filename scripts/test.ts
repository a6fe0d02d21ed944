/**
 * Proves the checkout: format, lint, types, unused code, unit and integration tests, and the browser tasks against the
 * built program. Every step runs even when an earlier one failed, so that one run tells everything.
 *
 * With `CI=true` a part that cannot run (no browser, no test data) is a failure; otherwise it is skipped with a line.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const bin = (name: string): string => join(root, "node_modules", ".bin", name);
const reports = mkdtempSync(join(tmpdir(), "ioc-test-"));
mkdirSync(reports, { recursive: true });

interface Step {
  name: string;
  command: string;
  args: string[];
  /** File with the runner's own counts. */
  report?: string;
}

function tests(project: string): Step {
  const report = join(reports, `${project}.json`);
  return {
    name: `${project} tests`,
    command: bin("vitest"),
    args: ["run", "--project", project, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    report,
  };
}

const steps: Step[] = [
  { name: "format", command: bin("oxfmt"), args: ["--check"] },
  { name: "lint", command: bin("oxlint"), args: ["--deny-warnings"] },
  { name: "types", command: bin("tsc"), args: ["-p", "tsconfig.json"] },
  { name: "types of e2e", command: bin("tsc"), args: ["-p", "e2e/tsconfig.json"] },
  { name: "types of the web", command: bin("tsc"), args: ["-p", "apps/web/tsconfig.json"] },
  { name: "unused code", command: bin("knip"), args: [] },
  tests("fast"),
  { name: "build of the web", command: process.execPath, args: ["scripts/build.ts"] },
  tests("e2e"),
];

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

function countsOf(report: string): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const json = JSON.parse(readFileSync(report, "utf8")) as Record<string, number>;
  return {
    passed: json["numPassedTests"] ?? 0,
    failed: json["numFailedTests"] ?? 0,
    skipped: (json["numPendingTests"] ?? 0) + (json["numTodoTests"] ?? 0),
  };
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const outcomes: string[] = [];
for (const step of steps) {
  console.log(`\n== ${step.name}`);
  const startedAt = performance.now();
  const { status } = spawnSync(step.command, step.args, { cwd: root, stdio: "inherit" });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const ok = status === 0;
  const counts =
    step.report === undefined ? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 } : countsOf(step.report);
  if (!ok && counts.failed === 0) counts.failed = 1;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  outcomes.push(`${ok ? "ok    " : "FAILED"}  ${step.name.padEnd(18)} ${seconds.padStart(7)} s`);
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n${outcomes.join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
