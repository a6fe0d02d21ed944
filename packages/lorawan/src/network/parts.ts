import { z } from "zod";
import { fromBase64, fromHex, toHex } from "../bytes.ts";

/** Longest application payload of LoRaWAN is 242 bytes (RP002-1.0.4, data rates of all regions); some slack for test tools. */
const longestPayload = 512;

/** A device's EUI-64 in any case, with or without separators; answered as 16 digits in upper case. */
export const devEui = z
  .string()
  .transform((text) => text.replace(/[-:]/g, "").toUpperCase())
  .refine((text) => /^[0-9A-F]{16}$/.test(text), "must be 16 hexadecimal digits");

/** ChirpStack v3 can write EUIs as base64 (`marshaler = "protobuf"`). */
export const devEuiOrBase64 = z
  .string()
  .transform((text) => (/^[A-Za-z0-9+/]{11}=$/.test(text) ? toHex(fromBase64(text) ?? new Uint8Array()) : text))
  .pipe(devEui);

export const base64Payload = bytesOf(fromBase64, "must be base64");
export const hexPayload = bytesOf(fromHex, "must be hexadecimal");

function bytesOf(read: (text: string) => Uint8Array | null, message: string) {
  return z
    .string()
    .max(4 * longestPayload)
    .transform((text, context) => {
      const bytes = read(text);
      if (bytes && bytes.length <= longestPayload) return bytes;
      context.addIssue({ code: "custom", message: bytes ? `is longer than ${longestPayload} bytes` : message });
      return z.NEVER;
    });
}

/**
 * An instant, ms. Fractions of a second may have any length; a gateway is known that leaves out the hyphen before the day
 * (`2020-0327T12:39:05Z`).
 */
export const instant = z.string().transform((text, context) => {
  const time = Date.parse(text.replace(/^(\d{4}-\d{2})(\d{2}T)/, "$1-$2"));
  if (Number.isFinite(time)) return time;
  context.addIssue({ code: "custom", message: "must be a time such as 2026-10-22T02:00:24Z" });
  return z.NEVER;
});

export const port = z.int().min(0).max(255);
export const counter = z.int().min(0);
export const anyObject = z.record(z.string(), z.unknown());

/** A number, also one that is written as text. */
export const looseNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(?:\.\d+)?$/)
    .transform(Number),
]);

/** Where and what zod objects to, in one line. */
export function objections(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join(".") || "(message)"}: ${issue.message}`)
    .join("; ");
}
