import { ByteReader } from "../bytes.ts";
import { decoded, quantity, refused, state, wordOf, type Decoded, type Decoder, type Field } from "../fields.ts";

/**
 * Yobiiq (payload document of each product): items of a channel byte, a type byte and a big-endian value whose meaning
 * depends on the port. A payload of one byte answers a downlink.
 */

/** Reads one value, or the time that the device's own clock gives the readings, in seconds. */
type Item = (reader: ByteReader, channel: number) => Field[] | { time: number };
type Items = Readonly<Record<number, Item>>;
/** Items of a port; ports that a table covers name the same table. */
type Ports = Readonly<Record<number, Items>>;

function yobiiq(ports: Ports): Decoder {
  return {
    decode({ fPort, bytes }) {
      const items = ports[fPort];
      if (!items)
        return refused(`port ${fPort} is not known for this model; known are ${Object.keys(ports).join(", ")}`);
      if (bytes.length === 1) return decoded([state("downlink", bytes[0] === 0 ? "succeeded" : "failed")]);
      return readItems(items, new ByteReader(bytes));
    },
  };
}

function readItems(items: Items, reader: ByteReader): Decoded {
  const fields: Field[] = [];
  let time: number | null = null;
  while (reader.left >= 2) {
    const start = reader.at;
    const channel = reader.u8();
    const item = items[reader.u8()];
    if (!item) {
      reader.back(start);
      break;
    }
    const read = item(reader, channel);
    if (Array.isArray(read)) fields.push(...read);
    else time = read.time * 1000;
  }
  const unread = reader.rest();
  if (fields.length === 0)
    return refused(`channel and type ${unread.slice(0, 4) || "(none)"} are not known on this port`);
  return { ok: true, measurements: [{ time, fields }], unread };
}

const u8 = (name: string, unit: string | null, per = 1): Item => number(name, unit, (r) => r.u8(), per);
const u16 = (name: string, unit: string | null, per = 1): Item => number(name, unit, (r) => r.u16be(), per);
const i16 = (name: string, unit: string, per = 1): Item => number(name, unit, (r) => r.i16be(), per);
const u32 = (name: string, unit: string | null, per = 1): Item => number(name, unit, (r) => r.u32be(), per);
const i32 = (name: string, unit: string, per = 1): Item => number(name, unit, (r) => r.i32be(), per);
const deviceTime: Item = (r) => ({ time: r.u32be() });

function number(name: string, unit: string | null, read: (r: ByteReader) => number, per: number): Item {
  return (r) => [quantity(name, read(r) / per, unit)];
}

function word(name: string, ...words: readonly string[]): Item {
  return (r) => [state(name, wordOf(words, r.u8()))];
}

const version =
  (name: string): Item =>
  (r) => [state(name, `V${r.u8().toString(16)}.${r.u8().toString(16)}`)];

/** Text up to the next item, which begins with the channel byte, or to the end. */
const text =
  (name: string): Item =>
  (r) => {
    const next = r.bytes.indexOf(0xff, r.at);
    return [state(name, r.text(next < 0 ? r.left : next - r.at))];
  };

const classes = ["Class A", "Class B", "Class C"];

/** What the meter is and how its relay is set: 0x3c to 0x44 after a loss of the network, 0x50 to 0x58 in operation. */
function meterSettings(): Items {
  const settings: Record<number, Item> = {
    0x00: word("relayStatus", "LOW", "HIGH"),
    0x09: version("hardwareVersion"),
    0x0a: version("firmwareVersion"),
    0x0b: word("powerEvent", "AC Power Off", "AC Power On"),
    0x0f: word("deviceClass", ...classes),
    0x16: serial,
    0x1e: u16("primaryCurrentTransformerRatio", "1"),
    0x1f: u8("secondaryCurrentTransformerRatio", "1"),
    0x20: u32("primaryVoltageTransformerRatio", "1"),
    0x21: u16("secondaryVoltageTransformerRatio", "1"),
    0x28: text("deviceModel"),
  };
  for (const [first, use] of [
    [0x3c, "Fallback"],
    [0x50, "Dynamic"],
  ] as const) {
    settings[first] = u16(`currentLimit${use}`, "A", 10);
    settings[first + 1] = u16(`voltageLimit${use}`, "V");
    settings[first + 2] = u16(`powerLimit${use}`, "W");
    settings[first + 3] = u16(`deactivationDelay${use}`, "s");
    settings[first + 4] = u16(`activationDelay${use}`, "s");
    settings[first + 5] = u16(`offsetCurrent${use}`, "A", 10);
    settings[first + 6] = u16(`offsetDelay${use}`, "s");
    settings[first + 7] = u16(`resetTime${use}`, "s");
    settings[first + 8] = u8(`resetAmount${use}`, "1");
  }
  return settings;
}

/** A name, not a quantity, although it is written as a number. */
function serial(reader: ByteReader): Field[] {
  return [state("deviceSerialNumber", String(reader.u32be()))];
}

const energy: Items = {
  0x00: u32("index", "1"),
  // The meter's clock as such; the reading's own time is that of the logger, 0x03.
  0x01: u32("timestamp", "s"),
  0x03: deviceTime,
  0x04: u32("activeEnergyImportL1T1", "W.h"),
  0x05: u32("activeEnergyImportL1T2", "W.h"),
  0x06: u32("activeEnergyExportL1T1", "W.h"),
  0x07: u32("activeEnergyExportL1T2", "W.h"),
  // On channel 11 this type is the error code of the bus to the meter. UCUM has no unit of reactive energy.
  0x0a: (r, channel) =>
    channel === 11
      ? [quantity("modbusErrorCode", r.u8(), null)]
      : [quantity("reactiveEnergyExportL1T1", r.u32be(), null)],
  0x0c: i32("voltageL1N", "V", 10),
  0x10: i32("currentL1", "mA"),
  0x14: i32("activePowerL1", "W"),
  0x20: i16("phaseAngleL1", "deg", 100),
  0x23: i16("frequency", "Hz", 100),
  0x2a: i32("averagePower", "W"),
};
const contacts: Items = {
  0x01: word("relayStatus", "OPEN", "CLOSED"),
  0x02: word("digitalInputStatus", "OPEN", "CLOSED"),
};
const relayLog: Items = {
  0x01: word(
    "relaySwitchingOffReason",
    "Invalid",
    "Due to too high current limit",
    "By control from the Lora network",
    "By operation via display",
  ),
  0x02: word(
    "relayEnableReason",
    "Invalid",
    "By reset based on time",
    "By reset from the Lora network",
    "By operation via display",
    "By control from the Lora network",
  ),
  0x03: u32("relaySwitchOffTime", "s"),
  0x04: u32("relayEnableTime", "s"),
  0x05: u32("currentWhenRelaySwitchingOff", null),
  0x06: u32("voltageWhenRelaySwitchingOff", null),
  0x07: u32("activePowerWhenRelaySwitchingOff", null),
  0x08: word(
    "resetAmountStatus",
    "code 0",
    "Current reset count is less than the reset amount",
    "Current reset count exceeds the reset amount",
  ),
};

/** A relay: bit 0 is whether it is on, bit 1 whether a person switched it. */
const relay =
  (channel: number): Item =>
  (r) => {
    const value = r.u8();
    return [
      state(`channel${channel}State.state`, (value & 1) === 1 ? "ON" : "OFF"),
      state(`channel${channel}State.reason`, (value & 2) === 2 ? "MANUAL" : "AUTO"),
    ];
  };
const relayReadings: Items = {
  0x71: i16("internalCircuitTemperature", "Cel", 100),
  0x72: u8("internalCircuitHumidity", "%"),
  0x95: relay(1),
  0x97: u32("channel1Counter", "1"),
  0x98: relay(2),
  0x9a: u32("channel2Counter", "1"),
  0xfd: deviceTime,
};
const relayEvents: Items = {
  0x01: relay(1),
  0x02: relay(2),
  0x97: u32("channel1Counter", "1"),
  0x9a: u32("channel2Counter", "1"),
  0xfe: deviceTime,
};
const relayDevice: Items = {
  0x01: text("manufacturer"),
  0x02: text("deviceModel"),
  0x03: serial,
  0x04: version("firmwareVersion"),
  0x05: version("hardwareVersion"),
  0x06: word("powerEvent", "AC Power Off", "AC Power On"),
  0x07: u8("batteryPercentage", "%"),
  0x08: u8("batteryVoltage", "V", 10),
  0x11: word("deviceClass", ...classes),
};
const relayParameters: Items = {
  0x12: word("adr", "disabled", "enabled"),
  0x13: word("sf", "SF12BW125", "SF11BW125", "SF10BW125", "SF9BW125", "SF8BW125", "SF7BW125", "SF7BW250"),
  0x14: word("lorawanWatchdogFunction", "disabled", "enabled"),
  0x15: u16("lorawanWatchdogTimeout", "min"),
  0x64: word("defaultState", "OFF", "ON", "RETAIN"),
  0x65: word("timeoutState", "OFF", "ON", "RETAIN"),
  0x66: word("buttonOverrideFunction", "disabled", "enabled"),
  0x67: word("deviceOperationMode", "normal", "override"),
};

export const yobiiqModels: Readonly<Record<string, Decoder>> = {
  "yobiiq/em2101": yobiiq({
    ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [i + 1, energy])),
    11: contacts,
    50: meterSettings(),
    60: relayLog,
  }),
  "yobiiq/rm200": yobiiq({ 1: relayReadings, 11: relayEvents, 50: relayDevice, 100: relayParameters }),
};
