import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { requireSharedData, sharedData } from "@ioc/testkit";
import { describe, expect, test } from "vitest";
import { decodeUplink, readNetworkMessage, type Field, type Measurement, type Uplink } from "./index.ts";

type Scalar = number | string | boolean;
type Values = Record<string, unknown>;
interface Result {
  deviceName: string;
  attributes?: Values;
  telemetry: Values[] | Values;
}
interface Recorded {
  vendor: string;
  model: string;
  network: string;
  payload: Values;
  result: Result | Result[];
}

/** Where our value is another one on purpose. Each must be met, so that none outlives its reason. */
const exceptions: { model: string; key: string; recorded: Scalar; ours: Scalar; reason: string }[] = [
  {
    model: "milesight/am307",
    key: "temperature",
    recorded: 5760,
    ours: -793.6,
    reason: "a record of history whose bytes are in the wrong order; a temperature is signed all the same",
  },
  {
    model: "milesight/am307",
    key: "trigger",
    recorded: "idle",
    ours: "trigger",
    reason: "1 is trigger, as in channel 05 of the same message",
  },
  {
    model: "milesight/am319",
    key: "temperature",
    recorded: 5760,
    ours: -793.6,
    reason: "a record of history whose bytes are in the wrong order; a temperature is signed all the same",
  },
  {
    model: "milesight/am319",
    key: "trigger",
    recorded: "idle",
    ours: "trigger",
    reason: "1 is trigger, as in channel 05 of the same message",
  },
  {
    model: "milesight/em300-di",
    key: "humidity",
    recorded: 50,
    ours: 50.5,
    reason: "0x65 is 101 halves of a percent; the recorded converter cuts the half off",
  },
  {
    model: "milesight/em300-sld-zld",
    key: "humidity",
    recorded: 79,
    ours: 46.5,
    reason: "the maker's own example for these bytes says 46.5; the recorded converter takes a byte of the time",
  },
  {
    model: "netvox/r718ab",
    key: "deltValue",
    recorded: 64_536,
    ours: -1000,
    reason: "the correction is signed; the recorded converter reads it as unsigned",
  },
  {
    model: "nwave/g4-ncc-sm",
    key: "hw_health_status",
    recorded: 40,
    ours: 21,
    reason: "the maker's decoder takes the upper five bits of 0xa8; the recorded converter the lower seven",
  },
  {
    model: "nwave/g4-nps-sm",
    key: "previous_state_duration",
    recorded: 74,
    ours: 21,
    reason: "the maker's decoder takes the lower seven bits of 0x95; the recorded converter shifts them",
  },
  {
    model: "nwave/g4-nps-sm",
    key: "battery_voltage",
    recorded: 2.32,
    ours: 3.344,
    reason: "2,500 mV and 0xd3 steps of 4 mV; the recorded converter reads the byte as signed",
  },
  {
    model: "nwave/g4-nps-sm",
    key: "battery_health",
    recorded: "critical",
    ours: "normal",
    reason: "follows from the voltage",
  },
];

/** Keys of the recorded result that name the same as another name of ours: the maker's. */
const renamed: Record<string, Record<string, string>> = {
  "elsys/ers2": { pir: "motion" },
  "elsys/ers2-sound": { pir: "motion" },
  // The recorded converter counts lines in floating-point numbers.
  "milesight/vs133": Object.fromEntries(
    ["1", "2", "3", "4"].flatMap((line) =>
      ["in", "out"].map((way) => [`line_${line}.0_total_${way}`, `line_${line}_total_${way}`]),
    ),
  ),
};

/** What recorded results say of the radio and not of the payload; read from the envelope. */
const envelope: Record<string, (uplink: Uplink) => unknown> = {
  lora_frame_counter: (uplink) => uplink.fCnt,
  lora_frame_port: (uplink) => uplink.fPort,
  lora_frequency: (uplink) => uplink.frequency,
  lora_spreading_factor: (uplink) => uplink.spreadingFactor,
  lora_rssi: (uplink) => uplink.gateways[0]?.rssi,
  lora_snr: (uplink) => uplink.gateways[0]?.snr,
  fPort: (uplink) => uplink.fPort,
  fCnt: (uplink) => uplink.fCnt,
  confirmed: (uplink) => uplink.confirmed,
  gatewayId: (uplink) => uplink.gateways[0]?.gateway,
  rssi: (uplink) => uplink.gateways[0]?.rssi,
  snr: (uplink) => uplink.gateways[0]?.snr,
  hexString: (uplink) => Buffer.from(uplink.bytes).toString("hex").toUpperCase(),
};

/** Of the gateway's own workings, or of the converter's loop: not read. */
const ignored = /^(?:dr|uplinkId|channel|rfChain|context|crcStatus|plan_schedule\.\d+\.i)$/;

function modelOf({ vendor, model }: Recorded): string {
  return `${vendor}/${model}`.toLowerCase().replaceAll("_", "-");
}

/** Numbers, texts and booleans by dotted key; a list of words is joined, as its order means nothing. */
function flat(values: Values, prefix = ""): [string, Scalar][] {
  return Object.entries(values).flatMap(([key, value]): [string, Scalar][] => {
    if (Array.isArray(value) && value.every((one) => typeof one === "string")) {
      return [[prefix + key, value.toSorted().join(",")]];
    }
    if (typeof value === "object" && value !== null) return flat(value as Values, `${prefix}${key}.`);
    if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
      return [[prefix + key, value]];
    throw new Error(`${prefix}${key} is neither a value nor a list`);
  });
}

function same(ours: unknown, recorded: Scalar): boolean {
  if (typeof recorded === "number") {
    return typeof ours === "number" && Math.abs(ours - recorded) <= 1e-9 * Math.max(1, Math.abs(recorded));
  }
  if (typeof recorded === "boolean") return ours === recorded;
  return typeof ours === "string" && (ours === recorded || ours.split(",").toSorted().join(",") === recorded);
}

const met = new Set<string>();
let compared = 0;

function fieldDiffers(model: string, key: string, field: Field | undefined, recorded: Scalar): string | null {
  if (field && same(field.value, recorded)) return null;
  const exception = exceptions.find(
    (one) => one.model === model && one.key === key && one.recorded === recorded && same(field?.value, one.ours),
  );
  if (!exception) return `${key}: recorded ${String(recorded)}, ours ${String(field?.value)}`;
  met.add(`${model} ${key}`);
  return null;
}

/** What is not as recorded in one entry of the telemetry. */
function entryDiffers(model: string, entry: Values, uplink: Uplink, measurements: readonly Measurement[]): string[] {
  const values = flat((entry["values"] ?? entry) as Values).filter(([key]) => !ignored.test(key));
  const ts = timeOf(entry["ts"]);
  const isPayload = ([key]: [string, Scalar]) => !(key in envelope) && key !== "ts";
  const at = (time: number | null) => time ?? uplink.time;
  const measurement = measurements.find(
    ({ time }) => ts === undefined || at(time) === ts || isAsApplicationServer(ts, at(time)),
  );
  const fields = new Map(measurement?.fields.map((field) => [field.name, field]));
  const wrong: string[] = [];
  for (const [key, recorded] of values) {
    compared += 1;
    const read = envelope[key];
    const ours = fields.get(renamed[model]?.[key] ?? key);
    if (read && !ours) {
      if (!same(read(uplink), recorded))
        wrong.push(`${key}: recorded ${String(recorded)}, ours ${String(read(uplink))}`);
      continue;
    }
    const problem = fieldDiffers(model, key, ours, recorded);
    if (problem) wrong.push(problem);
  }
  if (values.some(isPayload) && !measurement) wrong.push(`no measurement at ${ts}`);
  return wrong;
}

/** Recorded times are ms, a text, or seconds where the converter of WT201 passes on the time of a record. */
function timeOf(ts: unknown): number | undefined {
  if (typeof ts === "string") return Date.parse(ts);
  if (typeof ts !== "number") return undefined;
  return ts < 1e11 ? ts * 1000 : ts;
}

/** Of Decentlab the recorded time in The Things Stack is the application server's, up to a second later. */
function isAsApplicationServer(ts: number, ours: number | null): boolean {
  return ours !== null && ts > ours && ts - ours < 1000;
}

function entriesOf(result: Result): Values[] {
  return Array.isArray(result.telemetry) ? result.telemetry : [result.telemetry];
}

/** Gateways as the recorded result lists them after the device. */
function gatewaysDiffer(results: readonly Result[], uplink: Uplink): string[] {
  return results.flatMap((one, i) => {
    const [entry] = entriesOf(one);
    const values = (entry?.["values"] ?? {}) as Values;
    const ours = uplink.gateways[i];
    const agrees =
      one.attributes?.["eui"] === ours?.gateway && values["rssi"] === ours?.rssi && values["snr"] === ours?.snr;
    return agrees ? [] : [`gateway ${i}: recorded ${JSON.stringify(values)}, ours ${JSON.stringify(ours)}`];
  });
}

/** Messages that are no readings, by model. */
const events: Record<string, { event: string; reason: string }> = {
  "milesight/am308": { event: "status", reason: "a device status of ChirpStack: no payload" },
};

function problemsOf(row: Recorded): string[] {
  const model = modelOf(row);
  const message = readNetworkMessage(row.payload);
  const [result, ...gateways] = Array.isArray(row.result) ? row.result : [row.result];
  if (!result) return ["no result"];
  const event = events[model];
  if (event && message.kind === "event") {
    return message.event === event.event && entriesOf(result).length === 0 ? [] : [`event ${message.event}`];
  }
  if (message.kind !== "uplink") return [`${message.kind}: ${JSON.stringify(message)}`];
  const { uplink } = message;
  const decoded = decodeUplink(model, {}, uplink);
  if (!decoded.ok) return [`refused: ${decoded.reason}`];
  return [
    ...entriesOf(result).flatMap((entry) => entryDiffers(model, entry, uplink, decoded.measurements)),
    ...gatewaysDiffer(gateways, uplink),
  ];
}

describe.skipIf(!requireSharedData("messages-lorawan"))("758 recorded messages of 72 models", () => {
  test("every value of every recorded result is there, or is a listed exception", () => {
    const text = gunzipSync(readFileSync(sharedData("messages-lorawan", "uplinks.ndjson.gz"))).toString("utf8");
    const rows = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Recorded);
    expect(rows).toHaveLength(758);
    const tally = new Map<string, { messages: number; models: Set<string>; events: number; wrong: number }>();
    const wrong: string[] = [];
    for (const row of rows) {
      const own = tally.get(row.vendor) ?? { messages: 0, models: new Set<string>(), events: 0, wrong: 0 };
      const problems = problemsOf(row);
      own.messages += 1;
      own.models.add(row.model);
      if (readNetworkMessage(row.payload).kind === "event") own.events += 1;
      if (problems.length > 0) own.wrong += 1;
      tally.set(row.vendor, own);
      for (const problem of problems) wrong.push(`${modelOf(row)} ${row.network}: ${problem}`);
    }
    const lines = [...tally].map(
      ([vendor, { messages, models, events, wrong }]) =>
        `${vendor.padEnd(10)} ${models.size} models, ${messages} messages, ${events} without payload, ${wrong} not as recorded`,
    );
    console.info([...lines, `${compared} values compared, ${exceptions.length} exceptions`].join("\n"));
    expect(wrong).toEqual([]);
    expect([...tally.values()].reduce((sum, one) => sum + one.models.size, 0)).toBe(72);
    expect([...met].toSorted()).toEqual(exceptions.map(({ model, key }) => `${model} ${key}`).toSorted());
  });
});
