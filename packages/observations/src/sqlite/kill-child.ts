import { observation, specOf, T0 } from "../test-store.ts";
import { openObservations } from "./index.ts";

/**
 * Child of the kill test: records batches without end and prints `<first> <last>` for each that was acknowledged. Reading
 * n of the test is at T0 + n seconds with the value n.
 */
const [file = "", first = "0", size = "1", tailLimit = "0"] = process.argv.slice(2);
const store = await openObservations({ file, readers: 1, tailLimit: Number(tailLimit) });
await store.writer.register([specOf("a:x"), specOf("b:x", { periodSeconds: 3600 })]);
let next = Number(first);

async function send(): Promise<void> {
  for (;;) {
    const from = next;
    next += Number(size);
    const batch = Array.from({ length: next - from }, (_, i) => {
      const n = from + i;
      return observation(n % 2 ? "a:x" : "b:x", T0 + n * 1000, n);
    });
    await store.writer.record(batch);
    process.stdout.write(`${from} ${from + batch.length - 1}\n`);
  }
}

// Three senders, so that commits hold several calls and some are under way at any moment.
await Promise.all([send(), send(), send()]);
