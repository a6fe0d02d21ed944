import { setImmediate as turn } from "node:timers/promises";
import type { ObservationReader } from "@ioc/observations";
import { serveExports, specOf, T0 } from "./serve-exports.ts";

/**
 * Child of the memory test: exports so many readings over HTTP, takes them in without keeping them, and prints
 * `{bytes, growthMb}`: what came, and by how much the process grew beyond what it needed for a tenth of it.
 */
const [ending = "csv", rows = "1000"] = process.argv.slice(2);

/** Readings that are made when they are asked for, a minute apart. */
const page: ObservationReader["page"] = ({ from, after, limit }) => {
  const first = after ? (after.phenomenonTime - T0) / 60_000 + 1 : 1;
  const count = Math.max(0, Math.min(limit, (from === 0 ? Number(rows) : Number(rows) / 10) - first + 1));
  return Promise.resolve(
    Array.from({ length: count }, (_, i) => {
      const phenomenonTime = T0 + (first + i) * 60_000;
      const result = ((first + i) % 997) / 10;
      const times = { phenomenonTime, resultTime: phenomenonTime };
      return { datastream: "wx-1:temp", ...times, result, quality: 1 as const, reasons: [] };
    }),
  );
};

async function take(query: string): Promise<{ bytes: number; most: number }> {
  const answer = await fetch(`${server.url}/observations.${ending}?property=temp${query}`);
  let bytes = 0;
  let most = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    most = Math.max(most, process.memoryUsage().rss);
    // The client is a little slower than the server, as clients are.
    await turn();
  }
  return { bytes, most };
}

const server = await serveExports({ page }, [specOf("wx-1:temp")]);
const small = await take("&from=2026-01-01T00:00:00Z");
const whole = await take("");
await server[Symbol.asyncDispose]();
const growthMb = Math.round((whole.most - small.most) / 2 ** 20);
process.stdout.write(`${JSON.stringify({ bytes: whole.bytes, growthMb })}\n`);
