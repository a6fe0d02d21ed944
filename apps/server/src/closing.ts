import { messageOf, type Log } from "./log.ts";

/** What has to be closed at the end, in the reverse order of its opening. */
export interface Closing {
  add(name: string, close: () => unknown): void;
  /** Closes everything; a part that fails to close does not keep the others open. */
  close(): Promise<void>;
}

export function createClosing(log: Log): Closing {
  const steps: { name: string; close: () => unknown }[] = [];
  return {
    add: (name, close) => void steps.push({ name, close }),
    async close() {
      for (const { name, close } of steps.splice(0).reverse()) {
        try {
          await close();
        } catch (error) {
          log.error(name, `did not close: ${messageOf(error)}`);
        }
      }
    },
  };
}
