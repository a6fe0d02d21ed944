import { z } from "zod";

/** What the parent process may say over IPC. */
export const parentMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("scenario"), id: z.string().nullable() }),
  z.object({ type: z.literal("stop") }),
]);
