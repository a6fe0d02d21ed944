import { largeStore } from "./scale/large-store.ts";
import { sustained } from "./scale/sustained.ts";

/** Ten million readings and what they cost to ask, then a steady stream with readers. @param minutes Of the stream */
export async function scale(minutes = 1): Promise<void> {
  await largeStore();
  await sustained(minutes);
}
