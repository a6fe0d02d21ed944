import { resolve } from "node:path";

/** Top of the checkout. */
export const root = resolve(import.meta.dirname, "../../..");
