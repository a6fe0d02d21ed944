import { quantity, state, type Decoder } from "../../fields.ts";
import { all, common, milesight, oneOf, temperature, u16, u32, u8, type Channel } from "./channel.ts";

/** Counting people and occupied seats. */

const regions =
  (first: number): Channel =>
  (r) =>
    Array.from({ length: 8 }, (_, i) => quantity(`region_${first + i}_count`, r.u8(), "1"));

const flow =
  (from: string): Channel =>
  (r) =>
    ["a", "b", "c", "d"].map((to) => quantity(`${from}_to_${to}`, r.u16le(), "1"));

/** Number of people, number of regions, and a mask with one bit for each occupied region, the first byte first. */
const peopleAndRegions: Channel = (r) => {
  const people = quantity("people_count_all", r.u8(), "1");
  const count = r.u8();
  const mask = r.u16be();
  const occupied = Array.from({ length: Math.min(count, 16) }, (_, i) =>
    quantity(`region_${i + 1}`, (mask >> i) & 1, "1"),
  );
  return [people, quantity("region_count", count, "1"), ...occupied];
};

/** The four counting lines of VS133: three channels each. */
function lines(): Record<string, Channel> {
  const channels: Record<string, Channel> = {};
  for (const line of [1, 2, 3, 4]) {
    const key = (channel: number) => (3 * line + channel).toString(16).padStart(2, "0");
    channels[`${key(0)}d2`] = u32(`line_${line}_total_in`, "1");
    channels[`${key(1)}d2`] = u32(`line_${line}_total_out`, "1");
    channels[`${key(2)}cc`] = all(u16(`line_${line}_period_in`, "1"), u16(`line_${line}_period_out`, "1"));
  }
  return channels;
}

const dwell: Channel = (r) => {
  const region = r.u8();
  return [
    quantity(`region_${region}_avg_dwell`, r.u16le(), "s"),
    quantity(`region_${region}_max_dwell`, r.u16le(), "s"),
  ];
};

const total = all(u16("total_in", "1"), u16("total_out", "1"));
const period = all(u16("period_in", "1"), u16("period_out", "1"));
const alarm = (name: string) => oneOf(name, { 0: "threshold alarm release", 1: "threshold alarm" });

export const milesightPeople: Readonly<Record<string, Decoder>> = {
  "milesight/vs121": milesight({
    channels: {
      ...common,
      ff01: u8("protocol_version", null),
      ff09: (r) => [state("hardware_version", `${r.u8()}.${r.u8()}`)],
      "04c9": peopleAndRegions,
      "05cc": all(u16("people_in", "1"), u16("people_out", "1")),
      "06cd": u8("people_count_max", "1"),
      "07d5": regions(1),
      "08d5": regions(9),
      "09da": flow("a"),
      "0ada": flow("b"),
      "0bda": flow("c"),
      "0cda": flow("d"),
    },
  }),
  "milesight/vs133": milesight({
    channels: {
      ...common,
      ...lines(),
      "0fe3": (r) => [1, 2, 3, 4].map((i) => quantity(`region_${i}_count`, r.u8(), "1")),
      "10e4": dwell,
    },
  }),
  "milesight/vs34x": milesight({
    channels: { ...common, "0300": oneOf("occupancy", { 0: "vacant", 1: "occupied" }) },
  }),
  "milesight/vs351": milesight({
    channels: {
      ...common,
      "0367": temperature,
      "04cc": total,
      "05cc": period,
      "8367": all(
        temperature,
        oneOf("temperature_alarm", {
          0: "threshold alarm release",
          1: "threshold alarm",
          3: "high temperature alarm",
          4: "high temperature alarm release",
        }),
      ),
      "84cc": all(total, alarm("total_count_alarm")),
      "85cc": all(period, alarm("period_count_alarm")),
    },
    history: (r) => {
      const withTotals = r.u8() === 1;
      return [...period(r, []), ...(withTotals ? total(r, []) : [])];
    },
  }),
};
