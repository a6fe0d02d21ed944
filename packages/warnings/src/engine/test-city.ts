import { join, resolve } from "node:path";
import { datastreamSpecs, networkOf, readPack } from "@ioc/city-pack";
import type { Alert, Frame, Network, QualityFlag, WarningDefinition } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import type { Change, QualifiedObservation } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { emptyStore } from "@ioc/observations/testing";
import { parseSeries, temporaryFolder } from "@ioc/testkit";
import { openAlertStore } from "../store/alert-store.ts";
import { compileRule } from "../rule/compile.ts";
import { createWarningEngine } from "./engine.ts";
import { RecentReadings } from "./recent-readings.ts";
import { StationContacts } from "./station-contacts.ts";

const { pack } = await readPack(resolve(import.meta.dirname, "../../../../fixtures/danang"));
if (!pack) throw new Error("the city pack of Da Nang cannot be read");
export const network: Network = networkOf(pack);
export const definitions: readonly WarningDefinition[] = pack.warnings;

export const minute = 60_000;
/** 08:00 in Da Nang. */
export const eight = Date.UTC(2026, 9, 22, 1);

export function definition(id: string): WarningDefinition {
  const found = definitions.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`there is no definition ${id}`);
  return found;
}

export function reading(datastream: string, time: number, result: number | null, quality: QualityFlag = 1) {
  return {
    datastream,
    phenomenonTime: time,
    resultTime: time,
    result,
    quality,
    reasons: [],
  } satisfies QualifiedObservation;
}

/** Readings of one datastream, from a written series. */
export function series(datastream: string, text: string, from: number, every: number): QualifiedObservation[] {
  return parseSeries(text).flatMap((value, index) =>
    value === undefined ? [] : [reading(datastream, from + index * every, value)],
  );
}

type Store = Awaited<ReturnType<typeof openObservations>>;

/**
 * A city whose alerts are in a real file. With `stored` the readings go through a real observation store and the rules see
 * what it announces, which a restart needs; otherwise they are handed to the rules as that store would announce them.
 */
export class TestCity implements AsyncDisposable {
  private readonly folder = temporaryFolder();
  private readonly stored: boolean;
  private rules: readonly WarningDefinition[];
  private observations!: Store;
  private database!: ReturnType<typeof openDatabase>;
  store!: ReturnType<typeof openAlertStore>;
  engine!: ReturnType<typeof createWarningEngine>;
  private changes: Change[] = [];

  private constructor(rules: readonly WarningDefinition[], stored: boolean) {
    this.rules = rules;
    this.stored = stored;
  }

  static async open(
    rules: readonly (string | WarningDefinition)[],
    now: number,
    observations: "stored" | "handed" = "handed",
  ): Promise<TestCity> {
    const definitions = rules.map((rule) => (typeof rule === "string" ? definition(rule) : rule));
    const city = new TestCity(definitions, observations === "stored");
    await city.start(now);
    return city;
  }

  private async start(now: number): Promise<void> {
    this.observations = await (this.stored
      ? openObservations({ file: join(this.folder.path, "observations.db") })
      : emptyStore());
    if (this.stored) await this.watchStore();
    this.database = openDatabase(join(this.folder.path, "city.db"));
    this.store = openAlertStore(this.database);
    const { reader } = this.observations;
    const frames = () => Promise.reject<Frame>(new Error("this city has no rows"));
    this.engine = createWarningEngine({ definitions: this.rules, network, reader, store: this.store, frames });
    await this.engine.start(now);
  }

  private async watchStore(): Promise<void> {
    const read = new Set(
      this.rules.flatMap(({ inputs }) => inputs.flatMap((input) => ("kind" in input ? [input.kind] : []))),
    );
    const stations = network.stations.filter(({ kind }) => read.has(kind));
    await this.observations.writer.register(datastreamSpecs({ ...network, stations }));
    this.observations.changes.subscribe((change) => this.changes.push(change));
  }

  /** As after a crash: nothing but the files is left. Needs `stored`. */
  async restart(now: number, rules = this.rules): Promise<void> {
    if (!this.stored) throw new Error("only a city with a stored past can be restarted");
    await this.close();
    this.rules = rules;
    await this.start(now);
  }

  /** Lets the rules see one batch at `now`, by default the time of its newest reading. */
  async send(batch: readonly QualifiedObservation[], now?: number): Promise<Alert[]> {
    if (this.stored) await this.observations.writer.record(batch);
    else this.changes.push({ sequence: 1, observations: batch });
    const at = now ?? Math.max(...batch.map(({ phenomenonTime }) => phenomenonTime));
    const alerts: Alert[] = [];
    for (const change of this.changes.splice(0)) alerts.push(...(await this.engine.observe(change, at)));
    return alerts;
  }

  /** Records a batch of which the rules are told nothing. Needs `stored`. */
  async record(batch: readonly QualifiedObservation[]): Promise<void> {
    await this.observations.writer.record(batch);
    this.changes.splice(0);
  }

  /** Sends readings of several datastreams when they are due, those of one time together. */
  async sendInTurn(readings: readonly QualifiedObservation[]): Promise<void> {
    const times = Map.groupBy(readings, ({ phenomenonTime }) => phenomenonTime);
    for (const [, batch] of [...times].sort(([a], [b]) => a - b)) await this.send(batch);
  }

  /** Sends a written series reading by reading, each when it is due. */
  async play(datastream: string, text: string, from: number, every: number): Promise<void> {
    for (const item of series(datastream, text, from, every)) await this.send([item]);
  }

  /** Every line of every log, in order: `35 fired 1` = at minute 35 after `origin`, to level 1. */
  async log(origin: number, named = false): Promise<string[]> {
    const { items } = await this.store.list({ state: "all", limit: 5000, offset: 0 });
    const logs = await Promise.all(items.map(({ id }) => this.store.events(id, { limit: 5000, offset: 0 })));
    return logs
      .flatMap((log) => log.items)
      .sort((a, b) => a.sequence - b.sequence)
      .map(({ alert, time, type, to }) => {
        const line = `${Number(((time - origin) / minute).toFixed(3))} ${type} ${to.level}`;
        return named ? `${alert} ${line}` : line;
      });
  }

  /** Datastreams of other stations that a rule reads for a subject. */
  aroundOf(id: string, station: string): readonly string[] {
    const none = { readings: new RecentReadings(new Map()), contacts: new StationContacts(0) };
    const { subjects } = compileRule(definition(id), network, none);
    return subjects.find((subject) => subject.station.id === station)?.around ?? [];
  }

  async open(): Promise<Alert[]> {
    return (await this.store.list({ limit: 5000, offset: 0 })).items;
  }

  private async close(): Promise<void> {
    if (this.stored) {
      await this.observations.writer.close();
      await this.observations.close();
    }
    this.database.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    this.folder[Symbol.dispose]();
  }
}
