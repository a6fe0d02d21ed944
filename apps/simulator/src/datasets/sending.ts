import type { RowsOutcome } from "../gateway/gateway.ts";
import { dayMs } from "../world/calendar.ts";
import type { PlayedDataset, Row } from "./played.ts";

export interface SendingOptions {
  datasets: readonly PlayedDataset[];
  gateway: { readonly backlog: number; postRows(dataset: string, rows: readonly Row[]): Promise<RowsOutcome> };
  /** City time at the start, ms. */
  start: number;
  /** City time; the world has reached it. */
  now(): number;
  /** Whether the past is laid down first, or only sent what appears from the start on. */
  history: boolean;
  stopped(): boolean;
  pause(ms: number): Promise<void>;
  /** How far it is, and what is wrong; for the log. */
  progress(text: string): void;
  report(text: string): void;
}

/** Newest part of the past, which every dataset sends before any sends more. */
const recentMs = 60 * dayMs;
/** Older rows go out in pieces of this length, newest first. */
const pieceMs = 180 * dayMs;
const batchRows = 1000;
/** Rows wait while more live readings than this pile up. */
const mostBacklog = 20_000;
/** New rows are looked for this often, ms of wall time. */
const beatMs = 1000;

interface Batch {
  dataset: PlayedDataset;
  rows: Row[];
}

function* inBatches(dataset: PlayedDataset, rows: Iterable<Row>): Generator<Batch> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield { dataset, rows: batch };
    batch = [];
  }
  if (batch.length > 0) yield { dataset, rows: batch };
}

/** Plays the municipal systems: lays down the past of their datasets, then sends what is new or has changed. */
export class DatasetSending {
  readonly #options: SendingOptions;
  /** City time up to which each dataset was sent. */
  readonly #reached: Map<PlayedDataset, number>;
  /** Datasets that the server does not take. */
  readonly #left = new Set<PlayedDataset>();
  /** Datasets of which a refused row was told. */
  readonly #told = new Set<PlayedDataset>();
  #sent = 0;

  constructor(options: SendingOptions) {
    this.#options = options;
    this.#reached = new Map(options.datasets.map((dataset) => [dataset, options.start]));
  }

  /** Rows that the server took so far. */
  get sent(): number {
    return this.#sent;
  }

  /** Sends until it is stopped. */
  async run(): Promise<void> {
    const { stopped, pause, history } = this.#options;
    if (history) await this.layHistory();
    while (!stopped()) {
      await this.sendDue();
      await pause(beatMs);
    }
  }

  /** Sends what had appeared by the start. */
  async layHistory(): Promise<void> {
    const { datasets, start, progress, stopped } = this.#options;
    const recent = start - recentMs;
    for (const dataset of datasets) await this.#send(this.#piece(dataset, recent, start));
    if (stopped()) return;
    progress(`datasets: the newest ${recentMs / dayMs} days are sent, ${this.#sent} rows`);
    const oldest = Math.min(recent, ...datasets.map(({ backMs }) => start - backMs));
    for (let end = recent; end > oldest; end -= pieceMs) {
      for (const dataset of datasets) await this.#send(this.#piece(dataset, end - pieceMs, end));
      await this.sendDue();
    }
    if (!stopped())
      progress(`datasets: the past is sent, ${this.#sent} rows of ${datasets.length - this.#left.size} datasets`);
  }

  /** Rows of a part of the past in the state of the start. */
  *#piece(dataset: PlayedDataset, from: number, to: number): Generator<Batch> {
    const { start } = this.#options;
    const begin = Math.max(from, start - dataset.backMs);
    if (begin < to && !this.#left.has(dataset)) yield* inBatches(dataset, dataset.rows(begin, to, start));
  }

  /** What every dataset whose time has come has new or changed. */
  async sendDue(): Promise<void> {
    for (const [dataset, from] of this.#reached) {
      const now = this.#options.now();
      if (now < from + dataset.everyMs || this.#left.has(dataset) || this.#options.stopped()) continue;
      await this.#send(inBatches(dataset, dataset.changed(from, now)));
      await this.#send(inBatches(dataset, dataset.rows(from, now, now)));
      this.#reached.set(dataset, now);
    }
  }

  async #send(batches: Iterable<Batch>): Promise<void> {
    const { gateway, stopped, pause } = this.#options;
    for (const { dataset, rows } of batches) {
      // Live readings come first.
      while (gateway.backlog > mostBacklog && !stopped()) await pause(100);
      if (stopped() || this.#left.has(dataset)) return;
      this.#hear(dataset, await gateway.postRows(dataset.id, rows), rows.length);
      await pause(0);
    }
  }

  #hear(dataset: PlayedDataset, outcome: RowsOutcome, count: number): void {
    const { report } = this.#options;
    if (outcome.kind === "taken") {
      const refused = outcome.receipt?.refused ?? 0;
      this.#sent += count - refused;
      const problem = outcome.receipt?.problems[0];
      if (refused === 0 || this.#told.has(dataset)) return;
      this.#told.add(dataset);
      report(
        `dataset ${dataset.id}: ${refused} rows refused, the first for ${problem?.column ?? "the row"}: ${problem?.message ?? "no reason given"}`,
      );
    } else if (outcome.kind === "unknown") {
      this.#left.add(dataset);
      report(`the server does not take dataset ${dataset.id} (${outcome.status}); it is left out`);
    } else if (outcome.kind === "refused" && !this.#told.has(dataset)) {
      this.#told.add(dataset);
      report(`dataset ${dataset.id}: a batch was refused: ${outcome.status} ${outcome.text.slice(0, 300)}`);
    }
  }
}
