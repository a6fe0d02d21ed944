import type { LatestColumns, QualityFlag } from "@ioc/contracts";
import type { ChangeLog, ObservationReader } from "@ioc/observations";
import { Reply, type Handlers } from "./handlers.ts";
import { readyBody } from "./ready-body.ts";
import { unanswered, type StreamSelector } from "./series-selection.ts";

/** Questions whose answer is kept until the next commit. */
const mostKept = 32;

/** The newest reading of everything in one call; made once for all who ask between two commits. */
export function latestHandler(
  reader: ObservationReader,
  changes: ChangeLog,
  select: StreamSelector,
): Handlers["getLatest"] {
  const kept = new Map<string, Reply<LatestColumns>>();
  let sequence = -1;
  return async ({ query }) => {
    if (sequence !== changes.head()) {
      sequence = changes.head();
      kept.clear();
    }
    const question = JSON.stringify(query);
    const known = kept.get(question);
    if (known) return known;
    const asked = sequence;
    const columns = await latestColumns(
      reader,
      select(query).map((stream) => stream.id),
    );
    const reply = new Reply(columns, { ready: readyBody(columns) });
    if (asked === changes.head() && asked === sequence && kept.size < mostKept) kept.set(question, reply);
    return reply;
  };
}

async function latestColumns(reader: ObservationReader, ids: readonly string[]): Promise<LatestColumns> {
  const datastream: string[] = [];
  const time: number[] = [];
  const value: (number | null)[] = [];
  const quality: QualityFlag[] = [];
  for (const one of await reader.latest(ids).catch(unanswered)) {
    datastream.push(one.datastream);
    time.push(one.phenomenonTime);
    value.push(one.result);
    quality.push(one.quality);
  }
  return { datastream, time, value, quality };
}
