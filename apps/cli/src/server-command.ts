import { parseArgs } from "node:util";
import { createServerClient } from "./http-client.ts";

/**
 * Words of a command that talks to a running server, and a client for it: `--url` and `--key`, else what `IOC_PORT` and
 * `IOC_API_KEY` say. Null when the arguments cannot be read; what is wrong has been told then.
 */
export function serverCommand(args: readonly string[], usage: string) {
  const text = { type: "string" } as const;
  try {
    const options = { url: text, key: text };
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options });
    const url = values.url ?? `http://127.0.0.1:${process.env["IOC_PORT"] ?? "8080"}`;
    return { words: positionals, client: createServerClient(url, values.key ?? process.env["IOC_API_KEY"] ?? "") };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${usage}`);
    return null;
  }
}
