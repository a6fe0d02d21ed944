import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drillReport, durationMs, type Drill, type DrillReport, type Scenario } from "@ioc/contracts";
import { ProblemError } from "../api/problem.ts";
import { messageOf, type Log } from "../log.ts";
import { startPlayer, type Player } from "./player.ts";

/** Reports that are kept; older ones go. */
const mostKept = 50;

export interface DrillsOptions {
  /** Folder for the drills of this installation; each has one of its own in it. */
  folder: string;
  pack: string;
  scheme: string;
  scenarioFolder: string;
  scenarios: readonly Scenario[];
  seed: number;
  wallNow: () => number;
  log: Log;
}

/** Drills of an installation: one plays at a time, in a process and files of its own; the reports of the others are kept. */
export interface Drills {
  /** Newest first. */
  list(): Drill[];
  get(id: string): DrillReport | null;
  /** @throws {ProblemError} when there is no such scenario, it says nothing of a drill, or a drill plays already */
  start(scenario: string): Drill;
  /** Ends a drill that plays. @throws {ProblemError} when it does not */
  stop(id: string): Promise<Drill>;
  close(): Promise<void>;
}

export function createDrills(options: DrillsOptions): Drills {
  const { folder, scenarios, wallNow, log } = options;
  const reports = readReports(folder, log);
  let playing: { report: DrillReport; player: Player } | null = null;

  const keep = (report: DrillReport) => {
    const own = join(folder, report.id);
    // Readings and rows of the drill have done their work.
    rmSync(own, { recursive: true, force: true });
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "report.json"), JSON.stringify(report));
    for (const old of [...reports.keys()].toSorted().slice(0, Math.max(0, reports.size - mostKept))) {
      reports.delete(old);
      rmSync(join(folder, old), { recursive: true, force: true });
    }
  };
  const end = (report: DrillReport, state: Drill["state"], error: string | null = null) => {
    Object.assign(report, { state, error, endedAt: wallNow() });
    playing = null;
    try {
      keep(report);
    } catch (thrown) {
      log.error("drills", `the report of ${report.id} cannot be kept: ${messageOf(thrown)}`);
    }
  };

  return {
    list: () => [...reports.values()].toSorted((a, b) => b.startedAt - a.startedAt).map(summaryOf),
    get: (id) => reports.get(id) ?? null,
    start(id) {
      const scenario = scenarios.find((one) => one.id === id);
      const withDrill = scenarios.filter(({ drill }) => drill !== undefined);
      if (!scenario?.drill) {
        throw new ProblemError(400, "invalid-request", `There is no drill ${id}.`, {
          errors: [{ path: "body.scenario", message: `one of: ${withDrill.map((one) => one.id).join(", ")}` }],
        });
      }
      if (playing) throw new ProblemError(409, "conflict", `The drill ${playing.report.id} plays; stop it first.`);
      const startedAt = wallNow();
      const begins = Date.parse(scenario.drill.begins);
      const report: DrillReport = {
        id: `${startedAt}-${id}`,
        scenario: id,
        name: scenario.name,
        state: "preparing",
        startedAt,
        endedAt: null,
        begins,
        ends: begins + (durationMs(scenario.duration) ?? 0),
        reached: null,
        alerts: 0,
        error: null,
        verdict: null,
        items: [],
      };
      const player = startPlayer({
        ...options,
        folder: join(folder, report.id),
        scenario: id,
        onMessage(message) {
          if (message.type === "progress") take(report, message.reached, message.changed);
          else if (message.type === "done") {
            const errors = Object.entries(message.errors).map(([warning, error]) => `${warning}: ${error}`);
            Object.assign(report, { items: message.alerts, alerts: message.alerts.length, verdict: message.verdict });
            report.reached = report.ends;
            end(report, message.verdict.passed ? "passed" : "failed", errors.join("; ") || null);
          } else end(report, "broken", message.message);
        },
        onEnd: (how) => {
          if (report.endedAt === null) end(report, "broken", `its program ended with ${how}`);
        },
      });
      playing = { report, player };
      reports.set(report.id, report);
      return summaryOf(report);
    },
    async stop(id) {
      if (playing?.report.id !== id) throw new ProblemError(409, "conflict", `The drill ${id} does not play.`);
      const { report, player } = playing;
      report.endedAt = wallNow();
      await player.stop();
      end(report, "stopped");
      return summaryOf(report);
    },
    async close() {
      if (playing) await this.stop(playing.report.id);
    },
  };
}

/** What has fired since the scenario began; an alert that changed takes the place of what it was. */
function take(report: DrillReport, reached: number | null, changed: DrillReport["items"]): void {
  report.reached = reached;
  report.state = reached === null ? "preparing" : "playing";
  const items = new Map(report.items.map((alert) => [alert.id, alert]));
  for (const alert of changed) if ((alert.firedAt ?? 0) > report.begins) items.set(alert.id, alert);
  report.items = [...items.values()];
  report.alerts = items.size;
}

function summaryOf({ verdict: _verdict, items: _items, ...drill }: DrillReport): Drill {
  return drill;
}

/** Reports of an earlier run of the program. A drill that has none was broken off with it. */
function readReports(folder: string, log: Log): Map<string, DrillReport> {
  mkdirSync(folder, { recursive: true });
  const reports = new Map<string, DrillReport>();
  for (const { name } of readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory())) {
    try {
      reports.set(name, drillReport.parse(JSON.parse(readFileSync(join(folder, name, "report.json"), "utf8"))));
    } catch (error) {
      log.warn("drills", `the drill ${name} has no report and is removed: ${messageOf(error)}`);
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
  return reports;
}
