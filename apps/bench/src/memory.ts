import { setTimeout as sleep } from "node:timers/promises";
import { residentMegabytes, withProgram } from "./program.ts";
import { printTable } from "./table.ts";

/** Memory of the program after an hour at 1× and after 24 city hours at 360×, beside the same at the start. */
export async function memory(minutes = 60): Promise<void> {
  const rows: (string | number)[][] = [];
  const slow = await withProgram({ IOC_HISTORY_DAYS: "1" }, async (program) => {
    await sleep(60_000);
    const first = residentMegabytes(program.pid);
    await sleep((minutes - 1) * 60_000);
    return { first, last: residentMegabytes(program.pid) };
  });
  rows.push([`${minutes} min at 1×`, slow.first.toFixed(0), slow.last.toFixed(0), (slow.last / slow.first).toFixed(2)]);
  const fast = await withProgram({ IOC_HISTORY_DAYS: "1", IOC_SIMULATE_SPEED: "360" }, async (program) => {
    await sleep(20_000);
    const first = residentMegabytes(program.pid);
    await sleep(240_000);
    return { first, last: residentMegabytes(program.pid) };
  });
  rows.push([
    "24 city hours at 360×",
    fast.first.toFixed(0),
    fast.last.toFixed(0),
    (fast.last / fast.first).toFixed(2),
  ]);
  printTable(
    "Resident memory of the program (without the simulator)",
    ["run", "MB at the start", "MB at the end", "growth"],
    rows,
  );
}
