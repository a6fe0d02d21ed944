import { startServer } from "./compose.ts";
import { ConfigError, readConfig } from "./config/config.ts";
import { createLog, messageOf } from "./log.ts";
import { welcome } from "./welcome.ts";

/** Real ms after which a stop that hangs is given up. */
const stopWithin = 10_000;

/** Names of errors whose message is all that a person needs. */
const refusals = new Set(["ConfigError", "PortBusy", "FolderInUse", "FolderUnusable", "PackError", "DatasetMismatch"]);
/** The same, of a file in the data folder. */
const fileFaults = new Set(["DatabaseError", "StoreUnavailable"]);
const fileHelp =
  "The files were left as they are. `ioc store check` tells what can be read of the readings; `ioc restore` brings a backup back.";

async function start(): Promise<void> {
  const { config, warnings } = readConfig(process.env);
  const log = createLog({ format: config.logFormat, level: config.logLevel });
  for (const warning of warnings) log.warn("config", warning);
  const running = await startServer(config, log);
  process.stdout.write(welcome(running, config));

  let stopping = false;
  const stop = (signal: string) => {
    // A second Ctrl-C ends it at once; what was acknowledged is safe either way.
    if (stopping) process.exit(130);
    stopping = true;
    log.info("server", `${signal}: stopping`);
    setTimeout(() => {
      log.error("server", `did not stop within ${stopWithin / 1000} s`);
      process.exit(1);
    }, stopWithin).unref();
    void running.stop().then(() => {
      log.info("server", "stopped");
      process.exit(0);
    });
  };
  process.on("SIGINT", () => stop("SIGINT"));
  process.on("SIGTERM", () => stop("SIGTERM"));
}

/** Starts the server and stops it on Ctrl-C or SIGTERM; what makes a start impossible is told and ends the process. */
export async function run(): Promise<void> {
  try {
    await start();
  } catch (error) {
    const told = error instanceof ConfigError ? error.problems.join("\n") : messageOf(error);
    // Expected refusals are told in a line; a fault of the program is told with where it happened.
    const isFault = error instanceof Error && !refusals.has(error.name) && !fileFaults.has(error.name);
    process.stderr.write(`City IOC cannot start: ${isFault ? (error.stack ?? told) : told}\n`);
    if (error instanceof Error && fileFaults.has(error.name)) process.stderr.write(`${fileHelp}\n`);
    process.exit(1);
  }
}
