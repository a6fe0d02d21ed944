import { freePort, Program, temporaryFolder, until } from "@ioc/testkit";
import { median, printTable } from "./table.ts";

async function timeToReady(dataDir: string, env: Record<string, string>): Promise<number> {
  const startedAt = performance.now();
  const program = await Program.start({ dataDir, port: await freePort(), env });
  const seconds = (performance.now() - startedAt) / 1000;
  await program.stop();
  return seconds;
}

/** Seconds from the command to the first 200 of `/api/v1/ready`, on an empty folder and on one that holds a day. */
export async function startup(): Promise<void> {
  const empty: number[] = [];
  const again: number[] = [];
  for (let run = 0; run < 3; run++) {
    using folder = temporaryFolder();
    empty.push(await timeToReady(folder.path, { IOC_HISTORY_DAYS: "1" }));
    again.push(await timeToReady(folder.path, { IOC_HISTORY_DAYS: "1" }));
  }
  printTable(
    "Start-up: command to ready (limit: 60 s)",
    ["data folder", "median s", "worst s", "share of the limit"],
    [
      ["empty", median(empty).toFixed(2), Math.max(...empty).toFixed(2), (median(empty) / 60).toFixed(3)],
      ["second start", median(again).toFixed(2), Math.max(...again).toFixed(2), (median(again) / 60).toFixed(3)],
    ],
  );
}

/** Seconds until 30 days of history are laid down through the public intake, and how many observations that is. */
export async function history(): Promise<void> {
  using folder = temporaryFolder();
  const startedAt = performance.now();
  const program = await Program.start({ dataDir: folder.path });
  try {
    const firstDay = await until("the first day", 600_000, async () => {
      const status = await program.get<{ history: { to: number; reachedBack: number } | null } | null>(
        "/api/v1/simulation",
      );
      return status?.history != null && status.history.to - status.history.reachedBack >= 86_400_000
        ? performance.now()
        : false;
    });
    const done = await until("30 days of history", 1_800_000, async () => {
      const status = await program.get<{ history: { done: boolean; observations: number } | null } | null>(
        "/api/v1/simulation",
      );
      return status?.history?.done === true ? status.history.observations : false;
    });
    const seconds = (performance.now() - startedAt) / 1000;
    printTable(
      "First start: 30 days of history through the public intake",
      ["", "seconds", "goal"],
      [
        ["newest day there", ((firstDay - startedAt) / 1000).toFixed(1), "60"],
        [`all ${done.toLocaleString("en")} observations there`, seconds.toFixed(1), "300"],
      ],
    );
  } finally {
    await program.stop();
  }
}
