import type { Device, DeviceField } from "@ioc/city-pack";
import type { ObservationInput, UnparsableInput } from "@ioc/observations";
import { sampleOf } from "../sources/sample.ts";

/** One thing that a device says, whatever decoded it. */
export interface DeviceValue {
  name: string;
  value: number | string | boolean;
  unit: string | null;
}

export interface MappedFields {
  inputs: Omit<ObservationInput, "index">[];
  refused: Omit<UnparsableInput, "index">[];
  ignored: string[];
}

/**
 * Readings of the device's station from what the device says: fields by the mapping of `devices.yaml`, the rest by name in
 * `ignored`. Of a field that comes twice, as with an alarm that repeats its value, the last counts.
 * @param times ms: when it was measured, and when it became known.
 */
export function mapFields(
  device: Device,
  mapping: Readonly<Record<string, DeviceField>>,
  values: readonly DeviceValue[],
  times: { phenomenonTime: number; resultTime: number },
): MappedFields {
  const mapped: MappedFields = { inputs: [], refused: [], ignored: [] };
  for (const value of new Map(values.map((one) => [one.name, one])).values()) {
    const field = Object.hasOwn(mapping, value.name) ? mapping[value.name] : undefined;
    if (!field) {
      mapped.ignored.push(value.name);
      continue;
    }
    const number = numberOf(value.value, field);
    if (number === null) {
      mapped.refused.push(noNumber(device, value));
      continue;
    }
    const unit = field.unit ?? value.unit;
    const { station } = device;
    const { property } = field;
    mapped.inputs.push({ station, property, ...times, result: number, ...(unit === null ? {} : { unit }) });
  }
  return mapped;
}

function numberOf(value: number | string | boolean, field: DeviceField): number | null {
  const word = String(value);
  const named = field.states && Object.hasOwn(field.states, word) ? field.states[word] : undefined;
  const number = named ?? (typeof value === "boolean" ? Number(value) : value);
  if (typeof number !== "number") return null;
  if (field.scale === 1 && field.offset === 0) return number;
  // Twelve digits are more than any sensor has, and drop the noise of the last binary digits.
  return Number((number * field.scale + field.offset).toPrecision(12));
}

function noNumber(device: Device, { name, value }: DeviceValue): Omit<UnparsableInput, "index"> {
  const word = String(value).slice(0, 80);
  const message = `${name} of ${device.devEui ?? device.esp8266} is the word "${word}"; give \`states: { ${word}: 1, … }\` in devices.yaml`;
  return { reason: "not-a-number", message, sample: sampleOf({ [name]: word }) };
}
