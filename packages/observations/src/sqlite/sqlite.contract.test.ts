import { join } from "node:path";
import { describe } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { observationStoreContract } from "../port.contract.ts";
import type { OpenStore } from "../contract-store.ts";
import { openObservations } from "./index.ts";

describe("SQLite adapter", () => {
  observationStoreContract(async (options) => {
    const folder = temporaryFolder();
    const file = join(folder.path, "observations.db");
    const open = async (): Promise<OpenStore> => {
      const store = await openObservations({ file, ...options });
      let reopened = false;
      return {
        ...store,
        async reopen() {
          reopened = true;
          await store.close();
          return open();
        },
        async [Symbol.asyncDispose]() {
          if (reopened) return;
          await store.close();
          folder[Symbol.dispose]();
        },
      };
    };
    return open();
  });
});
