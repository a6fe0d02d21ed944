import { z } from "zod";
import { isUcum } from "./ucum.ts";

/** Which property a field of a device is, and how its value becomes that of the property. */
export interface DeviceField {
  property: string;
  /** UCUM code of the field where the maker publishes none, or another one is right. */
  unit?: string | undefined;
  /** Value of the property = field × scale + offset, both in the field's unit; then the unit is converted. */
  scale: number;
  offset: number;
  /** Numbers that stand for the words of a state. */
  states?: Readonly<Record<string, number>> | undefined;
}

/** A device that a network or a maker's firmware pushes readings from, and the station that it is. */
export interface Device {
  /** EUI-64 of a LoRaWAN device, 16 hexadecimal digits in upper case; null for a device with an `esp8266` number. */
  devEui: string | null;
  /** Chip number of a device with the airRohr firmware; null for a LoRaWAN device. */
  esp8266: string | null;
  /** Whose decoder reads its payloads; null for a device with the airRohr firmware. */
  model: string | null;
  station: string;
  /** Constants of this one device that its model's decoder takes. */
  parameters: Readonly<Record<string, number>>;
  /** By the field's name; null for the usual mapping of the firmware. */
  fields: Readonly<Record<string, DeviceField>> | null;
}

const field = z.strictObject({
  property: z.string(),
  unit: z.string().refine(isUcum, "not a UCUM unit code").optional(),
  scale: z.number().default(1),
  offset: z.number().default(0),
  states: z.record(z.string(), z.number()).optional(),
});

const entry = z.strictObject({
  devEui: z
    .string()
    .transform((text) => text.replace(/[-:]/g, "").toUpperCase())
    .refine((text) => /^[0-9A-F]{16}$/.test(text), "not 16 hexadecimal digits, in quotation marks")
    .nullable()
    .default(null),
  esp8266: z
    .string()
    .regex(/^\d{1,20}$/, "not a chip number in quotation marks")
    .nullable()
    .default(null),
  model: z.string().nullable().default(null),
  station: z.string(),
  parameters: z.record(z.string(), z.number()).default({}),
  fields: z
    .record(
      z.string(),
      z.preprocess((given) => (typeof given === "string" ? { property: given } : given), field),
    )
    .nullable()
    .default(null),
});

/** `devices.yaml`. */
export const devicesFile = z.array(entry);
