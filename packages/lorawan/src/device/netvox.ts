import { ByteReader } from "../bytes.ts";
import { decoded, quantity, refused, state, wordOf, type Decoded, type Decoder, type Field } from "../fields.ts";

/**
 * Netvox (application command document of each series): port 6 reports, port 7 answers about the reporting settings, port 14
 * answers about the calibration, port 20 answers about rejoining. Numbers are big-endian. A report begins with a version
 * byte, the device type and the report type.
 */
interface Series {
  /** Name of the battery voltage in the maker's document. */
  battery: string;
  /** Reads what follows the battery byte of a report, by report type. */
  reports: Readonly<Record<number, (reader: ByteReader) => Field[]>>;
  /** Reads what follows the battery step of the reporting settings. */
  settings?: (reader: ByteReader) => Field[];
}

function netvox(series: Series): Decoder {
  return {
    decode({ fPort, bytes }) {
      const reader = new ByteReader(bytes);
      if (fPort === 6) return report(series, reader);
      if (fPort === 7) return settings(series, reader);
      if (fPort === 14) return calibration(reader);
      if (fPort === 20) return rejoin(reader);
      return refused(`port ${fPort} of Netvox is not known; known are 6, 7, 14 and 20`);
    },
  };
}

function report({ battery, reports }: Series, reader: ByteReader): Decoded {
  reader.take(2);
  const type = reader.u8();
  if (type === 0) {
    const software = quantity("software_version", reader.u8() / 10, null);
    const hardware = quantity("hardware_version", reader.u8(), null);
    return decoded([software, hardware, state("date_code", reader.hex(4))]);
  }
  const read = reports[type];
  if (!read) return refused(`report type ${type} is not known for this model`);
  const volts = reader.u8();
  // The highest bit says that the battery is low.
  return decoded([quantity(battery, (volts & 0x7f) / 10, "V"), ...read(reader)]);
}

function settings({ settings }: Series, reader: ByteReader): Decoded {
  const command = reader.u8();
  reader.u8();
  if (command === 0x81) return decoded([state("cmd", "configReportRsp"), status(reader)]);
  if (command !== 0x82) return refused(`command ${command} on port 7 is not known; known are 129 and 130`);
  return decoded([
    state("cmd", "readConfigReportRsp"),
    quantity("minTime", reader.u16be(), "s"),
    quantity("maxTime", reader.u16be(), "s"),
    quantity("batteryChange", reader.u8() / 10, "V"),
    ...(settings?.(reader) ?? []),
  ]);
}

function calibration(reader: ByteReader): Decoded {
  const command = reader.u8();
  const types = { 1: "temperature sensor", 2: "humidity sensor", 3: "light sensor", 6: "voltage sensor" };
  const sensor = wordOf(types, reader.u8());
  const channel = reader.u8();
  const about = [state("sensor_type", sensor), state("channel", channelOf(sensor, channel))];
  if (command === 0x81) return decoded([state("cmd", "setGlobalCalibrateRsp"), ...about, status(reader)]);
  if (command !== 0x82) return refused(`command ${command} on port 14 is not known; known are 129 and 130`);
  return decoded([
    state("cmd", "getGlobalCalibrateRsp"),
    ...about,
    quantity("multiplier", reader.u16be(), "1"),
    quantity("divisor", reader.u16be(), "1"),
    quantity("deltValue", reader.i16be(), "1"),
  ]);
}

function channelOf(sensor: string, channel: number): string {
  return channel === 0 ? sensor.replace(/ sensor$/, "") : `channel ${channel}`;
}

function rejoin(reader: ByteReader): Decoded {
  const command = reader.u8();
  if (command === 0x81) return decoded([state("cmd", "setNetvoxLoRaWANRejoinRsp"), status(reader)]);
  if (command !== 0x82) return refused(`command ${command} on port 20 is not known; known are 129 and 130`);
  return decoded([
    state("cmd", "getNetvoxLoRaWANRejoinRsp"),
    quantity("rejoin_check_period", reader.u32be(), "s"),
    quantity("rejoin_threshold", reader.u8(), "1"),
  ]);
}

function status(reader: ByteReader): Field {
  return state("status", reader.u8() === 0 ? "success" : "failure");
}

/** A word of a sensor that may not be fitted: then it is all ones. */
function fitted(reader: ByteReader, name: string, unit: string, per: number, isSigned = false): Field[] {
  const word = reader.u16be();
  if (word === 0xffff) return [];
  const value = isSigned && word > 0x7fff ? word - 0x1_0000 : word;
  return [quantity(name, value / per, unit)];
}

/** Outdoor stations RA07 and R726: three words a report; concentrations of gases are in tenths of a ppm. */
const outdoor = (battery: string): Decoder => {
  const dust = (r: ByteReader) => [
    ...fitted(r, "pm1_0", "ug/m3", 1),
    ...fitted(r, "pm2_5", "ug/m3", 1),
    ...fitted(r, "pm10", "ug/m3", 1),
  ];
  const gases =
    (...names: readonly string[]) =>
    (r: ByteReader) =>
      names.flatMap((name) => fitted(r, name, "[ppm]", 10));
  return netvox({
    battery,
    reports: {
      1: dust,
      2: dust,
      5: gases("o3", "co", "no"),
      6: gases("no2", "so2", "h2s"),
      7: (r) => [...gases("co2", "nh3")(r), ...fitted(r, "noise", "dB[SPL]", 10)],
      8: (r) => [
        ...fitted(r, "ph", "[pH]", 100),
        ...fitted(r, "temperature_with_ph", "Cel", 100, true),
        ...fitted(r, "orp", "mV", 1, true),
      ],
      9: (r) => [
        ...fitted(r, "ntu", "{NTU}", 10),
        ...fitted(r, "temperature_with_ntu", "Cel", 100, true),
        ...fitted(r, "ec5_soil_humidity", "%", 100),
      ],
      11: (r) => [
        ...fitted(r, "temperature_with_ldo", "Cel", 100, true),
        ...fitted(r, "ldo_do", "mg/L", 100),
        ...fitted(r, "ldo_sat", "%", 10),
      ],
      12: (r) => [
        ...fitted(r, "temperature", "Cel", 100, true),
        ...fitted(r, "humidity", "%", 100),
        ...fitted(r, "wind_speed", "m/s", 100),
      ],
      13: windAndPressure,
      14: gases("voc"),
    },
  });
};

function windAndPressure(reader: ByteReader): Field[] {
  const wind = fitted(reader, "wind_direction", "deg", 1);
  const pressure = reader.u32be();
  return pressure === 0xffff_ffff ? wind : [...wind, quantity("atmosphere", pressure / 100, "mbar")];
}

const onOff = (reader: ByteReader): string => (reader.u8() === 0 ? "off" : "on");

export const netvoxModels: Readonly<Record<string, Decoder>> = {
  "netvox/r716s": netvox({ battery: "battery_voltage", reports: {} }),
  "netvox/r718ab": netvox({
    battery: "battery_voltage",
    reports: {
      1: (r) => [quantity("temperature", r.i16be() / 100, "Cel"), quantity("humidity", r.u16be() / 100, "%")],
    },
    settings: (r) => [quantity("tempChange", r.u16be() / 100, "K"), quantity("humiChange", r.u16be() / 100, "%")],
  }),
  "netvox/r718da2": netvox({
    battery: "battery_voltage",
    reports: { 1: (r) => [state("ball_status_1", onOff(r)), state("ball_status_2", onOff(r))] },
  }),
  "netvox/r718ka": netvox({
    battery: "battery_voltage",
    reports: { 1: (r) => [quantity("current", r.u8(), "mA"), quantity("fineCurrent", r.u8() / 10, "mA")] },
    settings: (r) => [quantity("currentChange", r.u8(), "mA")],
  }),
  "netvox/r718wb": netvox({
    battery: "battery_voltage",
    reports: { 1: (r) => [state("water_leak", r.u8() === 0 ? "no leak" : "leak")] },
  }),
  "netvox/r72624": outdoor("battery_volt"),
  "netvox/ra0723": outdoor("battery_voltage"),
};
