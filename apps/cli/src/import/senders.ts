import { datastreamSpecs } from "@ioc/city-pack";
import { receipt } from "@ioc/contracts";
import { createReceiver } from "@ioc/observations";
import { openObservations } from "@ioc/observations/sqlite";
import { loadPack, openDataFolder } from "@ioc/server";
import { createServerClient } from "../http-client.ts";
import type { Sender } from "./import-file.ts";

/** Sends through the front door of a running server. */
export function httpSender(url: string, key: string): Sender {
  const client = createServerClient(url, key);
  return {
    async send(inputs, unparsable) {
      const observations = inputs.map(({ index: _index, phenomenonTime, ...rest }) => ({
        ...rest,
        phenomenonTime: new Date(phenomenonTime).toISOString(),
      }));
      const body = { observations, unparsable: unparsable.map(({ index: _index, ...rest }) => rest) };
      return receipt.parse(await client.post("/api/v1/observations", body));
    },
    async close() {},
  };
}

/**
 * Writes into the store of a data folder that no server is using.
 * @throws {FolderInUse} when a server runs on the folder: send through it then.
 */
export async function storeSender(dataDir: string, packFolder: string): Promise<Sender> {
  const folder = openDataFolder(dataDir);
  try {
    const { network } = await loadPack(packFolder, "");
    const specs = datastreamSpecs(network);
    const store = await openObservations({ file: folder.observationsFile, timeZone: network.timezone });
    await store.writer.register(specs);
    const receiver = createReceiver({ specs, writer: store.writer, reader: store.reader, now: Date.now });
    return {
      send: (inputs, unparsable) => receiver.receive(inputs, "import", unparsable),
      async close() {
        await store.close();
        folder.close();
      },
    };
  } catch (error) {
    folder.close();
    throw error;
  }
}
