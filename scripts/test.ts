/**
 * Proves the checkout: format, lint, types, unused code, unit and integration tests, and the browser tasks against the
 * built program. Every step runs even when an earlier one failed, so that one run tells everything.
 *
 * With `CI=true` a part that cannot run (no browser, no test data) is a failure; otherwise it is skipped with a line.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

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

/** The part of the runner's report that is read here. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** The first lines of a failure: what was expected, and where; the whole of it stands further up. */
const beginning = (message: string): string => message.split("\n").slice(0, 4).join("\n    ");

/** A line for each test that failed, and for each file that could not be run. */
function failuresOf({ testResults }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    if (failed.length === 0) return status === "failed" ? [`${file}\n    ${beginning(message)}`] : [];
    return failed.map(
      ({ fullName, failureMessages }) => `${file} > ${fullName}\n    ${beginning(failureMessages?.[0] ?? "")}`,
    );
  });
}

function countsOf(report: string): Counts & { failures: string[] } {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, failures: [] };
  const json = JSON.parse(readFileSync(report, "utf8")) as Report;
  return {
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
    failures: failuresOf(json),
  };
}

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const outcomes: string[] = [];
const failures: string[] = [];
for (const step of steps) {
  console.log(`\n== ${step.name}`);
  const startedAt = performance.now();
  const { status } = spawnSync(step.command, step.args, { cwd: root, stdio: "inherit" });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const ok = status === 0;
  const counts =
    step.report === undefined
      ? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, failures: [] }
      : countsOf(step.report);
  failures.push(...counts.failures);
  if (!ok && counts.failed === 0) counts.failed = 1;
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  outcomes.push(`${ok ? "ok    " : "FAILED"}  ${step.name.padEnd(18)} ${seconds.padStart(7)} s`);
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n${outcomes.join("\n")}\n`);
if (failures.length > 0) console.log(`${failures.map((failure) => `FAILED  ${failure}`).join("\n")}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
