import { randomBytes } from "node:crypto";

/** A password of 120 random bits, 20 letters, digits, `-` and `_`, to be told once. */
export function randomPassword(): string {
  return randomBytes(15).toString("base64url");
}
