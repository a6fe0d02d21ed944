import { quantity, state, wordOf, type Decoder, type Field } from "../../fields.ts";
import { all, common, humidity, i16, milesight, oneOf, temperature, type Channel } from "./channel.ts";

/** The thermostat WT201: what it measures, what it does, and the settings that it reports. */

const modes = { 0: "heat", 1: "em heat", 2: "cool", 3: "auto" };
const statuses = {
  0: "standby",
  1: "stage-1 heat",
  2: "stage-2 heat",
  3: "stage-3 heat",
  4: "stage-4 heat",
  5: "em heat",
  6: "stage-1 cool",
  7: "stage-2 cool",
};
const fanModes = { 0: "auto", 1: "on", 2: "circulate", 3: "disable" };
const fanStatuses = { 0: "standby", 1: "high speed", 2: "low speed", 3: "on" };
const systemStatuses = { 0: "off", 1: "on" };
const plans = { 0: "wake", 1: "away", 2: "home", 3: "sleep" };
const planEvents = { 0: "not executed", 1: "wake", 2: "away", 3: "home", 4: "sleep" };
const exceptions = { 1: "collection failure", 2: "out of measuring range" };
const alarms = {
  1: "emergency heating timeout alarm",
  2: "auxiliary heating timeout alarm",
  3: "persistent low temperature alarm",
  4: "persistent low temperature alarm release",
  5: "persistent high temperature alarm",
  6: "persistent high temperature alarm release",
  7: "freeze protection alarm",
  8: "freeze protection alarm release",
  9: "temperature threshold alarm",
  10: "temperature threshold alarm release",
};
const relays = ["y1", "y2_gl", "w1", "w2_aux", "e", "g", "ob"];
const days = ["Mon.", "Tues.", "Wed.", "Thur.", "Fri.", "Sat.", "Sun."];

const control: Channel = (r) => {
  const value = r.u8();
  return [
    state("temperature_control_mode", wordOf(modes, value & 0b11)),
    state("temperature_control_status", wordOf(statuses, value >> 4)),
  ];
};

const fan: Channel = (r) => {
  const value = r.u8();
  return [
    state("fan_mode", wordOf(fanModes, value & 0b11)),
    state("fan_status", wordOf(fanStatuses, (value >> 2) & 0b11)),
  ];
};

const wiresOn: Channel = (r) => {
  const value = r.u8();
  return relays.map((wire, i) => quantity(`wires_relay.${wire}`, (value >> i) & 1, "1"));
};

/** The words whose bit is set, joined by commas; the lowest bit is the first word. */
function listed(words: readonly string[], bits: number): string {
  return words.filter((_, i) => ((bits >> i) & 1) === 1).join(",");
}

const supported: Channel = (r) => {
  const mode = r.u8();
  const heat = r.u8();
  const cool = r.u8();
  const stages = [
    listed(["stage-1 heat", "stage-2 heat", "stage-3 heat", "stage-4 heat", "aux heat"], heat),
    listed(["stage-1 cool", "stage-2 cool"], cool),
  ];
  return [
    state("temperature_control_mode_enable", listed(["heat", "em heat", "cool", "auto"], mode)),
    state("temperature_control_status_enable", stages.filter((one) => one !== "").join(",")),
  ];
};

/** Wires that are connected: two bits each. */
const wires: Channel = (r) => {
  const [first, second, third] = [r.u8(), r.u8(), r.u8()];
  const pair = (value: number, at: number) => (value >> (2 * at)) & 0b11;
  const names = [
    ...["y1", "g", "ob", "w1"].filter((_, at) => pair(first, at) !== 0),
    ...["e", "di", "pek"].filter((_, at) => pair(second, at) !== 0),
    ...([["w2"], ["aux"]][pair(second, 3) - 1] ?? []),
    ...([["y2"], ["gl"]][pair(third, 0) - 1] ?? []),
  ];
  return [state("wires", names.join(",")), state("ob_mode", pair(third, 1) === 1 ? "heat" : "cool")];
};

/** Numbers the settings of one kind from 0 in their order. */
function nth(before: readonly Field[], list: string): string {
  return `${list}.${before.filter(({ name }) => name.startsWith(`${list}.`) && name.endsWith(".type")).length}`;
}

const schedule: Channel = (r, before) => {
  const at = nth(before, "plan_schedule");
  const type = wordOf(plans, r.u8());
  const index = r.u8() + 1;
  const enabled = r.u8() === 1;
  const week = r.u8();
  const minutes = r.u16le();
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return [
    state(`${at}.type`, type),
    quantity(`${at}.index`, index, "1"),
    state(`${at}.plan_enable`, enabled ? "enable" : "disable"),
    state(`${at}.week_recycle`, listed(["", ...days], week)),
    state(`${at}.time`, clock),
  ];
};

/** Mode of a plan as the settings code it: not as the measured mode does. */
const settings: Channel = (r, before) => {
  const at = nth(before, "plan_settings");
  const type = wordOf(plans, r.u8());
  const mode = wordOf(modes, r.u8());
  const fanMode = wordOf(fanModes, r.u8());
  const target = r.u8();
  const tolerance = r.u8() / 10;
  const fahrenheit = (target & 0x80) !== 0;
  return [
    state(`${at}.type`, type),
    state(`${at}.temperature_ctl_mode`, mode),
    state(`${at}.fan_mode`, fanMode),
    quantity(`${at}.temperature_target`, target & 0x7f, fahrenheit ? "[degF]" : "Cel"),
    state(`${at}.temperature_unit`, fahrenheit ? "℉" : "℃"),
    quantity(`${at}.temperature_error`, tolerance, fahrenheit ? "[degF]" : "K"),
  ];
};

/** Two words: temperature is tenths of a degree above -100 in the upper eleven bits. */
const record: Channel = (r) => {
  const first = r.u16le();
  const second = r.u16le();
  const degrees = (word: number) => ((word >> 5) - 1000) / 10;
  return [
    state("fan_mode", wordOf(fanModes, first & 0b11)),
    state("fan_status", wordOf(fanStatuses, (first >> 2) & 0b11)),
    state("system_status", wordOf(systemStatuses, (first >> 4) & 1)),
    quantity("temperature", degrees(first), "Cel"),
    state("temperature_ctl_mode", wordOf(modes, second & 0b11)),
    state("temperature_ctl_status", wordOf(statuses, (second >> 2) & 0b111)),
    quantity("temperature_target", degrees(second), "Cel"),
  ];
};

export const milesightThermostat: Readonly<Record<string, Decoder>> = {
  "milesight/wt201": milesight({
    channels: {
      ...common,
      "0367": temperature,
      "0467": i16("temperature_target", "Cel", 10),
      "05e7": control,
      "06e8": fan,
      "07bc": (r) => [state("plan_event", wordOf(planEvents, r.u8() & 0x0f))],
      "088e": oneOf("system_status", systemStatuses),
      "0968": humidity,
      "0a6e": wiresOn,
      "8367": all(temperature, oneOf("temperature_alarm", alarms)),
      b367: oneOf("temperature_exception", exceptions),
      b968: oneOf("humidity_exception", exceptions),
      ffc8: settings,
      ffc9: schedule,
      ffca: wires,
      ffcb: supported,
      fff6: oneOf("control_permissions", { 0: "thermostat", 1: "remote control" }),
    },
    history: (r) => record(r, []),
  }),
};
