import type { DeviceField } from "@ioc/city-pack";
import type { SensorCommunityMessage } from "@ioc/contracts";
import type { DeviceDirectory } from "../devices/directory.ts";
import { mapFields, type DeviceValue } from "../devices/map-fields.ts";
import { pushedRefusal, type Pushed } from "../devices/pushed.ts";
import { sampleOf } from "./sample.ts";

/**
 * Units of the firmware's value types (airRohr-firmware, `airrohr-firmware.ino`: particulate matter in µg/m³, air pressure
 * in Pa). Values of another type, such as `samples` or `signal`, say something of the device.
 */
const units: readonly (readonly [RegExp, string])[] = [
  [/^(?:SDS|PMS|HPM|NPM|IPS|SPS30)_P\d+$/, "ug/m3"],
  [/(?:^|_)temperature$/, "Cel"],
  [/(?:^|_)humidity$/, "%"],
  [/(?:^|_)pressure$/, "Pa"],
  [/_noise_LA/, "dB[SPL]"],
  [/^SCD30_co2_ppm$/, "[ppm]"],
];

/** Properties of value types when `devices.yaml` names none: as the kinds of the project call them. */
const usual: Readonly<Record<string, string>> = {
  SDS_P1: "pm10",
  SDS_P2: "pm25",
  SPS30_P4: "pm10",
  SPS30_P2: "pm25",
  PMS_P1: "pm10",
  PMS_P2: "pm25",
  HPM_P1: "pm10",
  HPM_P2: "pm25",
  temperature: "temp",
  humidity: "rh",
  BME280_temperature: "temp",
  BME280_humidity: "rh",
  SHT3X_temperature: "temp",
  SHT3X_humidity: "rh",
  HTU21D_temperature: "temp",
  HTU21D_humidity: "rh",
};

/**
 * Reads what the airRohr firmware posts. It names no time, so readings are of the time of arrival, and the same message
 * again is a new reading.
 * @param sensor The header `X-Sensor`, for example `esp8266-12345678`.
 * @param observes Whether a station observes a property: the usual mapping takes only such.
 */
export function parseSensorCommunity(
  message: SensorCommunityMessage,
  sensor: string | undefined,
  devices: DeviceDirectory,
  context: { now: number; observes: (station: string, property: string) => boolean },
): Pushed {
  const named = message.esp8266id === undefined ? undefined : String(message.esp8266id);
  const told = /^esp8266-(\d{1,20})$/.exec(sensor ?? "")?.[1];
  if (named !== undefined && told !== undefined && named !== told) {
    return pushedRefusal("bad-item", `the body is of device ${named}, the header X-Sensor of ${told}`, message);
  }
  const chip = named ?? told;
  if (chip === undefined) {
    return pushedRefusal("bad-item", "name the device: esp8266id, or the header X-Sensor: esp8266-NUMBER", message);
  }
  const device = devices.byEsp8266(chip);
  if (!device) return pushedRefusal("unknown-device", `device esp8266 ${chip} is not in devices.yaml`, message);
  const observed = (property: string) => context.observes(device.station, property);
  const mapping = device.fields ?? usualMapping(observed);
  const { values, broken } = valuesOf(message, mapping);
  const times = { phenomenonTime: context.now, resultTime: context.now };
  const { inputs, ignored } = mapFields(device, mapping, values, times);
  return {
    inputs: inputs.map((input, index) => ({ index, ...input })),
    refused: broken.map(({ value_type, value }, i) => ({
      index: inputs.length + i,
      reason: "not-a-number",
      message: `${value_type} of esp8266 ${chip} is "${value}" and no number`,
      sample: sampleOf({ value_type, value }),
    })),
    event: null,
    ignored,
  };
}

function usualMapping(observed: (property: string) => boolean): Record<string, DeviceField> {
  const known = Object.entries(usual).filter(([, property]) => observed(property));
  return Object.fromEntries(known.map(([name, property]) => [name, { property, scale: 1, offset: 0 }]));
}

/** Numbers, and the values that should be numbers and are none; other texts say something of the device. */
function valuesOf(
  message: SensorCommunityMessage,
  mapping: Readonly<Record<string, DeviceField>>,
): { values: DeviceValue[]; broken: SensorCommunityMessage["sensordatavalues"] } {
  const values: DeviceValue[] = [];
  const broken: SensorCommunityMessage["sensordatavalues"] = [];
  for (const one of message.sensordatavalues) {
    const { value_type: name, value } = one;
    const text = String(value).trim();
    const isNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
    const unit = units.find(([form]) => form.test(name))?.[1] ?? null;
    if (isNumber || !Object.hasOwn(mapping, name)) values.push({ name, value: isNumber ? Number(text) : text, unit });
    else broken.push(one);
  }
  return { values, broken };
}
