import { deflateRawSync, inflateRawSync } from "node:zlib";
import { decodeReadings, encodeReadings } from "@ioc/observations/codec";
import { median, printTable } from "../table.ts";
import { otherCodings } from "./others.ts";
import type { Coding } from "./others.ts";
import { cityWeek, recordedSeries } from "./series.ts";
import type { Day, Series } from "./series.ts";

const ROUNDS = 60;

const ours: Coding = { name: "blocks", encode: encodeReadings, decode: decodeReadings };

const oursDeflated: Coding = {
  name: "blocks, deflated",
  encode: (day) => deflateRawSync(encodeReadings(day)),
  decode: (bytes) => decodeReadings(inflateRawSync(bytes)),
};

/** Bytes and time of the blocks that readings are kept in, beside other ways to keep them. */
export async function codec(series = 20): Promise<void> {
  const week = cityWeek(series);
  printTable(
    `Codings of ${week.name}, ${week.days.length} blocks of a day (720 readings)`,
    ["coding", "bytes a reading", "ns to encode", "ns to decode"],
    [ours, oursDeflated, ...otherCodings].map((coding) => [coding.name, ...measured(coding, week)]),
  );
  const [, , gorilla] = otherCodings;
  printTable(
    "Recorded series in blocks of a day: bytes a reading",
    ["series", "readings", "a day", "blocks", "Gorilla", "doubles, deflated"],
    recordedSeries().map((one) => [
      one.name,
      count(one),
      (count(one) / one.days.length).toFixed(0),
      bytesOf(ours, one).toFixed(2),
      bytesOf(gorilla!, one).toFixed(2),
      bytesOf(otherCodings[1]!, one).toFixed(2),
    ]),
  );
}

function measured(coding: Coding, series: Series): string[] {
  const readings = count(series);
  const [encoding, decoding]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now();
    const blocks = series.days.map(coding.encode);
    const encoded = performance.now();
    encoding.push(((encoded - started) * 1e6) / readings);
    if (!coding.decode) continue;
    const decodings = blocks.map(coding.decode);
    decoding.push(((performance.now() - encoded) * 1e6) / readings);
    if (round === 0) refuseLoss(coding.name, series, decodings);
  }
  const ns = (samples: readonly number[]) => (samples.length > 0 ? median(samples).toFixed(0) : "");
  return [bytesOf(coding, series).toFixed(2), coding.decode ? ns(encoding) : "", ns(decoding)];
}

function refuseLoss(name: string, { days }: Series, decoded: readonly Pick<Day, "time" | "value">[]): void {
  for (const [i, { time, value }] of days.entries()) {
    const same = time.every((at, k) => at === decoded[i]!.time[k] && value[k] === decoded[i]!.value[k]);
    if (!same) throw new Error(`${name} does not give back what it was given`);
  }
}

function bytesOf(coding: Coding, series: Series): number {
  return series.days.reduce((sum, day) => sum + coding.encode(day).length, 0) / count(series);
}

function count({ days }: Series): number {
  return days.reduce((sum, { time }) => sum + time.length, 0);
}
