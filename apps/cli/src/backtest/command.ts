import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDatasets, PastTables } from "@ioc/catalogue";
import type { Datasets } from "@ioc/catalogue";
import type { Network } from "@ioc/contracts";
import { openObservationReader } from "@ioc/observations/sqlite";
import type { HistoryReader } from "@ioc/observations/sqlite";
import { loadPack, readConfig } from "@ioc/server";
import { createStatisticsEngine } from "@ioc/statistics";
import { observedEventsDataset, observedEventsOf, runBacktest } from "@ioc/warnings";
import type { ObservedEvent } from "@ioc/warnings";
import { printed } from "./printed.ts";
import { spanOf } from "./span.ts";
import { triedDefinition } from "./tried-definition.ts";

const usage = `usage: ioc backtest RULE --from DATE --to DATE   [--definition FILE.yaml] [--json] [--data-dir DIR] [--city PACK]

  Runs a warning over the history of a data folder and says which alerts it would have raised, and how they compare with
  the events on record (dataset observed-events). Only reads; the server may be running.
  DATE         a day of the city (2026-10-22; the last one is included) or an instant (2026-10-22T08:00:00+07:00)
  --definition keys that take the place of the pack's, such as changed levels
  --json       the whole answer as JSON
`;

interface Arguments {
  rule: string;
  from: string | undefined;
  to: string | undefined;
  definition: string | undefined;
  json: boolean;
  environment: Record<string, string | undefined>;
}

/** `ioc backtest`. Answers the exit code. */
export async function backtestCommand(args: readonly string[]): Promise<number> {
  const parsed = parsedArguments(args);
  if (!parsed) {
    process.stderr.write(usage);
    return 2;
  }
  const { config } = readConfig(parsed.environment);
  const { pack, network } = await loadPack(config.city, config.scheme);
  const definition = await triedDefinition(parsed.rule, parsed.definition, { warnings: pack.warnings, network });
  const span = spanOf(parsed.from, parsed.to, pack.timezone);
  await using history = await openHistory(config.dataDir, network);
  const { reader, datasets } = history;
  const known = await reader.span();
  if (!known || known.from > span.to || known.to <= span.from) {
    const there = known ? `there are readings from ${iso(known.from)} to ${iso(known.to)}` : "there are no readings";
    throw new Error(`no history from ${iso(span.from)} to ${iso(span.to)} in ${config.dataDir}: ${there}`);
  }
  const tables = new PastTables(datasets, network.datasets);
  const statistics = createStatisticsEngine({ definitions: [], network, reader, datasets: tables });
  const found = await runBacktest(definition, {
    ...span,
    network,
    reader,
    events: await eventsIn(datasets),
    now: known.to,
    frames: (pipeline, now) => {
      tables.now = now;
      return statistics.preview(pipeline, {}, now);
    },
  });
  const lines = parsed.json ? [JSON.stringify(found, null, 2)] : printed(found, definition, pack.timezone);
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
}

const iso = (time: number) => new Date(time).toISOString();

function parsedArguments(args: readonly string[]): Arguments | undefined {
  const text = { type: "string" } as const;
  const options = {
    from: text,
    to: text,
    definition: text,
    "data-dir": text,
    city: text,
    json: { type: "boolean" },
  } as const;
  try {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [rule, ...more] = positionals;
    if (rule === undefined || more.length > 0) return undefined;
    const environment = {
      ...process.env,
      ...(values["data-dir"] === undefined ? {} : { IOC_DATA_DIR: values["data-dir"] }),
      ...(values.city === undefined ? {} : { IOC_CITY: values.city }),
    };
    return { rule, environment, json: values.json ?? false, ...pick(values) };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

function pick({ from, to, definition }: { from?: string; to?: string; definition?: string }) {
  return { from, to, definition };
}

interface History extends AsyncDisposable {
  reader: HistoryReader;
  datasets: Datasets;
}

async function openHistory(folder: string, network: Network): Promise<History> {
  const [observations, rows] = [join(folder, "observations.db"), join(folder, "datasets.db")];
  const missing = [observations, rows].find((file) => !existsSync(file));
  if (missing !== undefined) {
    throw new Error(`there is no ${missing}; name the data folder with --data-dir, or start the server on it once`);
  }
  const reader = await openObservationReader(observations, network.timezone);
  try {
    const definitions = network.datasets;
    const datasets = openDatasets({ file: rows, definitions, timeZone: network.timezone, readonly: true });
    return {
      reader,
      datasets,
      async [Symbol.asyncDispose]() {
        await datasets.close();
        await reader.close();
      },
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function eventsIn(datasets: Datasets): Promise<ObservedEvent[]> {
  if (!datasets.definition(observedEventsDataset)) return [];
  return observedEventsOf(await datasets.table(observedEventsDataset));
}
