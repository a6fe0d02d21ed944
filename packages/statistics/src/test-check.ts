import { durationMs } from "@ioc/contracts";
import type { DatasetDefinition, Frame, StatisticCheck, StatisticDefinition } from "@ioc/contracts";
import { parseSeries } from "@ioc/testkit";
import { roundHalfUp } from "./operators/aggregate.ts";
import type { Reading } from "./operators/water.ts";
import { cell, frameOf, network, readingsUntil } from "./test-city.ts";

/** Key columns that an example leaves out get a number, so that repeated rows stay apart. */
function withKeys(row: Record<string, unknown>, dataset: DatasetDefinition, number: number): Record<string, unknown> {
  const made = { ...row };
  for (const { id, type, key, values } of dataset.columns) {
    if (!key || id in made) continue;
    if (type === "integer") made[id] = number;
    else if (type === "string" || (type === "category" && !values)) made[id] = `k${number}`;
  }
  return made;
}

function rowsOf({ rows }: StatisticCheck): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(rows).map(([id, given]) => {
      const dataset = network.datasets.find((candidate) => candidate.id === id);
      if (!dataset) throw new Error(`there is no dataset "${id}"`);
      const repeated = given.flatMap((one) =>
        "times" in one && "row" in one ? Array.from({ length: Number(one["times"]) }, () => one["row"]) : [one],
      );
      return [id, repeated.map((row, i) => withKeys(row as Record<string, unknown>, dataset, i + 1))];
    }),
  );
}

function readingsOf({ readings, now }: StatisticCheck): Record<string, Reading[]> {
  return Object.fromEntries(
    Object.entries(readings).map(([id, { every, end, values }]) => [
      id,
      readingsUntil(Date.parse(end ?? now), durationMs(every) ?? Number.NaN, parseSeries(values)),
    ]),
  );
}

/** Frame of a worked example of a definition. */
export function frameOfCheck(definition: StatisticDefinition, check: StatisticCheck): Frame {
  const series = readingsOf(check);
  return frameOf({
    id: definition.id,
    series,
    rows: rowsOf(check),
    stations: [...new Set(Object.keys(series).map((id) => id.split(":")[0] ?? ""))],
    attributes: check.attributes,
    now: Date.parse(check.now),
    view: { ...(check.group && { group: check.group }), ...(check.subject && { subject: check.subject }) },
  });
}

/** What a frame says under the name that an example uses. */
function saidBy(frame: Frame, name: string): unknown {
  if (name === "value" || name === "previous" || name === "status" || name === "coverage" || name === "targetMet") {
    return name === "targetMet" ? String(frame.targetMet) : frame[name];
  }
  if (name.startsWith("figure:")) {
    const figure = frame.figures.find(({ id }) => id === name.slice("figure:".length));
    if (!figure)
      throw new Error(`there is no figure "${name}"; there are ${frame.figures.map(({ id }) => id).join(", ")}`);
    return figure.value;
  }
  if (name.startsWith("last:")) return cell({ ...frame, rows: frame.rows.slice(-1) }, name.slice("last:".length));
  const [column = "", subject] = name.split("@");
  return cell(frame, column, subject);
}

/** What the frame says, rounded as the example is written, beside what it expects. */
export function compared(definition: StatisticDefinition, check: StatisticCheck): { said: unknown; expected: unknown } {
  const frame = frameOfCheck(definition, check);
  const decimals = check.decimals ?? definition.decimals;
  const rounded = (value: unknown) => (typeof value === "number" ? roundHalfUp(value, decimals) : value);
  return {
    said: Object.fromEntries(
      Object.keys(check.expect).map((name) => [name, frame.error ?? rounded(saidBy(frame, name))]),
    ),
    expected: check.expect,
  };
}
