import { quantity, state, wordOf, type Decoder, type Field } from "../../fields.ts";
import type { ByteReader } from "../../bytes.ts";
import {
  all,
  climate,
  common,
  flag,
  humidity,
  i16,
  milesight,
  oneOf,
  temperature,
  u16,
  u32,
  u8,
  type Channel,
} from "./channel.ts";

/** Water level, leaks, distance, tilt, doors, gas, displays and trackers. */

const distance = u16("distance", "mm");
const position = oneOf("position", { 0: "normal", 1: "tilt" });
const leakage = oneOf("leakage_status", { 0: "normal", 1: "leak" });
const magnet = oneOf("magnet_status", { 0: "close", 1: "open" });
const thresholdAlarm = { 0: "threshold alarm release", 1: "threshold alarm", 2: "mutation alarm" };
const gpioTypes = { 1: "gpio", 2: "pulse" };

const level: Readonly<Record<string, Channel>> = { ...common, "0367": temperature, "0482": distance, "0500": position };

const pulseRecord = (r: ByteReader): Field[] => {
  const before = all(temperature, humidity)(r, []);
  const type = r.u8();
  const gpio = oneOf("gpio", { 0: "low", 1: "high" })(r, []);
  const count = r.u32le();
  const kind = state("gpio_type", wordOf(gpioTypes, type));
  return [...before, kind, ...(type === 2 ? [quantity("pulse", count, "1")] : gpio)];
};

const tilt: Channel = (r) => {
  const angles = ["x", "y", "z"].map((axis) => quantity(`angle_${axis}`, r.i16le() / 100, "deg"));
  const flags = r.u8();
  const words = ["x", "y", "z"].map((axis, i) =>
    state(`threshold_${axis}`, (flags & (1 << i)) === 0 ? "normal" : "trigger"),
  );
  return [...angles, ...words];
};

const motions = { 0: "unknown", 1: "start moving", 2: "moving", 3: "stop moving" };
const fences = { 0: "inside", 1: "outside", 2: "unset", 3: "unknown" };

const location: Channel = (r) => {
  const latitude = quantity("latitude", r.i32le() / 1e6, "deg");
  const longitude = quantity("longitude", r.i32le() / 1e6, "deg");
  const status = r.u8();
  return [
    latitude,
    longitude,
    state("motion_status", wordOf(motions, status & 0x0f)),
    state("geofence_status", wordOf(fences, status >> 4)),
  ];
};

/** One wireless network that the tracker hears; they are numbered from 0 in their order. */
const wifi: Channel = (r, before) => {
  const at = before.filter(({ name }) => /^wifi\.\d+\.mac$/.test(name)).length;
  const group = r.u8();
  const address = r.hex(6);
  const rssi = r.i8();
  const moving = state("motion_status", wordOf(motions, r.u8() & 0x0f));
  if (address === "ffffffffffff") return [state("wifi_scan_result", "timeout"), moving];
  return [
    ...(at === 0 ? [state("wifi_scan_result", "finish"), moving] : []),
    quantity(`wifi.${at}.group`, group, "1"),
    state(`wifi.${at}.mac`, address.match(/../g)?.join(":") ?? ""),
    quantity(`wifi.${at}.rssi`, rssi, "dB[mW]"),
    state(`wifi.${at}.motion_status`, String(moving.value)),
  ];
};

/** A text on an e-ink display: template in bits 6 to 7, block in bits 0 to 5 (10 is the QR code), length, text. */
const displayed: Channel = (r, before) => {
  const place = r.u8();
  const block = place & 0x3f;
  const text = state(block === 10 ? "qrcode" : `text_${block + 1}`, r.text(r.u8()));
  const known = before.some(({ name }) => name === "template");
  return known ? [text] : [quantity("template", (place >> 6) + 1, "1"), text];
};

const gasAlarms = {
  0: "power down",
  1: "power on",
  2: "sensor failure",
  3: "sensor recover",
  4: "sensor about to fail",
  5: "sensor failed",
};

export const milesightObjects: Readonly<Record<string, Decoder>> = {
  "milesight/at101": milesight({
    channels: {
      ...common,
      "0367": temperature,
      "0488": location,
      "0500": position,
      "06d9": wifi,
      "0700": oneOf("tamper_status", { 0: "install", 1: "uninstall" }),
      "8367": all(temperature, flag("temperature_abnormal")),
    },
    history: (r) => [quantity("longitude", r.i32le() / 1e6, "deg"), quantity("latitude", r.i32le() / 1e6, "deg")],
  }),
  "milesight/ds3604": milesight({ channels: { ...common, fb01: displayed } }),
  "milesight/em300-th": milesight({ channels: climate, history: (r) => all(temperature, humidity)(r, []) }),
  "milesight/em300-di": milesight({
    channels: { ...climate, "0500": oneOf("gpio", { 0: "low", 1: "high" }), "05c8": u32("pulse", "1") },
    history: pulseRecord,
  }),
  "milesight/em300-mcs": milesight({
    channels: { ...climate, "0600": magnet },
    history: (r) => all(temperature, humidity, magnet)(r, []),
  }),
  "milesight/em300-sld-zld": milesight({
    channels: { ...climate, "0500": leakage },
    history: (r) => all(temperature, humidity, leakage)(r, []),
  }),
  "milesight/em310-tilt": milesight({ channels: { ...common, "03cf": tilt } }),
  "milesight/em320-th": milesight({ channels: climate, history: (r) => all(temperature, humidity)(r, []) }),
  "milesight/em400-tld": milesight({
    channels: {
      ...level,
      "8367": all(temperature, flag("temperature_abnormal")),
      "8482": all(distance, flag("distance_alarming")),
    },
  }),
  "milesight/em410-rdl": milesight({
    channels: {
      ...level,
      "0482": i16("distance", "mm"),
      "8482": all(i16("distance", "mm"), oneOf("distance_alarm", thresholdAlarm)),
      "9482": all(i16("distance", "mm"), i16("distance_mutation", "mm"), oneOf("distance_alarm", thresholdAlarm)),
      b482: all(
        i16("distance", "mm"),
        oneOf("distance_exception", {
          0: "blind alarm release",
          1: "blind alarm",
          2: "no target",
          3: "sensor exception",
        }),
      ),
    },
    history: (r) => all(i16("distance", "mm"), temperature, i16("distance_mutation", "mm"), u8("event", null))(r, []),
  }),
  "milesight/em500-pt100": milesight({
    channels: { ...common, "0367": temperature },
    history: (r) => temperature(r, []),
  }),
  "milesight/em500-swl": milesight({
    channels: { ...common, "0377": u16("water_level", "cm") },
    history: (r) => u16("water_level", "cm")(r, []),
  }),
  "milesight/gs101": milesight({
    channels: {
      ...climate,
      "058e": oneOf("state", { 0: "normal", 1: "abnormal" }),
      "0601": oneOf("valve", { 0: "close", 1: "open" }),
      "0701": oneOf("relay", { 0: "close", 1: "open" }),
      "0890": u32("life_remain", "s"),
      ff3f: oneOf("alarm", gasAlarms),
    },
  }),
  "milesight/ts101": milesight({
    channels: {
      ...common,
      "0367": temperature,
      "8367": all(temperature, oneOf("temperature_alarm", thresholdAlarm)),
    },
  }),
  "milesight/ws101": milesight({
    channels: { ...common, ff2e: oneOf("press", { 1: "short", 2: "long", 3: "double" }) },
  }),
};
