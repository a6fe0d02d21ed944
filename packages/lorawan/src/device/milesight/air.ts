import { quantity, state, type Decoder } from "../../fields.ts";
import {
  all,
  climate,
  common,
  humidity,
  milesight,
  oneOf,
  temperature,
  u16,
  u32,
  u8,
  type Channel,
} from "./channel.ts";

/** Room air, light and sound. */

const motion = oneOf("pir", { 0: "idle", 1: "trigger" });

const co2 = u16("co2", "[ppm]");
const room: Readonly<Record<string, Channel>> = {
  ...climate,
  "056a": u16("activity", "1"),
  "0665": all(u16("illumination", "lx"), u16("infrared_and_visible", "1"), u16("infrared", "1")),
  "077d": co2,
  "087d": u16("tvoc", "[ppb]"),
  "0973": u16("pressure", "hPa", 10),
};

/** Of AM300 devices; how it is scaled depends on the firmware, so the level of AM300 (version 1) has no unit. */
const ambience: Readonly<Record<string, Channel>> = {
  ...room,
  "0500": motion,
  "06cb": u8("light_level", "1"),
  "087d": u16("tvoc", null),
  "08e6": u16("tvoc", "ug/m3"),
  "0a7d": u16("hcho", "mg/m3", 100),
  "0b7d": u16("pm2_5", "ug/m3"),
  "0c7d": u16("pm10", "ug/m3"),
  "0d7d": u16("o3", "[ppm]", 100),
  "0e01": (r) => [state("beep", r.u8() === 1 ? "yes" : "no")],
};

const ambienceRecord = all(
  temperature,
  u16("humidity", "%", 2),
  oneOf("trigger", { 0: "idle", 1: "trigger" }),
  u8("light_level", "1"),
  co2,
  u16("tvoc", null),
  u16("pressure", "hPa", 10),
);
const dustRecord = all(u16("pm2_5", "ug/m3"), u16("pm10", "ug/m3"));

/**
 * Sound levels by frequency weighting (bits 0 to 1: Z, A, C) and time weighting (bits 2 to 3: impulse, fast, slow), named
 * as in IEC 61672-1: LAF, LAeq, LAFmax.
 */
const sound: Channel = (r) => {
  const weights = r.u8();
  const frequency = ["Z", "A", "C", "D"][weights & 0b11] ?? "";
  const time = ["I", "F", "S", ""][(weights >> 2) & 0b11] ?? "";
  const names = [`L${frequency}${time}`, `L${frequency}eq`, `L${frequency}${time}max`];
  return names.map((name) => quantity(name, r.u16le() / 10, "dB[SPL]"));
};

export const milesightAir: Readonly<Record<string, Decoder>> = {
  "milesight/am102": milesight({ channels: room, history: (r) => all(temperature, humidity)(r, []) }),
  "milesight/am103": milesight({ channels: room, history: (r) => all(temperature, humidity, co2)(r, []) }),
  "milesight/am104": milesight({ channels: room }),
  "milesight/am307": milesight({ channels: ambience, history: (r) => ambienceRecord(r, []) }),
  "milesight/am308": milesight({ channels: ambience, history: (r) => all(ambienceRecord, dustRecord)(r, []) }),
  "milesight/am319": milesight({
    channels: ambience,
    history: (r) => all(ambienceRecord, dustRecord, u16("hcho", "mg/m3", 100))(r, []),
  }),
  "milesight/em500-lgt": milesight({
    channels: { ...common, "0394": u32("illumination", "lx") },
    history: (r) => u32("illumination", "lx")(r, []),
  }),
  "milesight/ws202": milesight({
    channels: { ...common, "0300": motion, "0400": oneOf("daylight", { 0: "dark", 1: "light" }) },
  }),
  "milesight/ws302": milesight({ channels: { ...common, "055b": sound } }),
};
