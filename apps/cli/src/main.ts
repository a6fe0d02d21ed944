import { drillCommand } from "./drill.ts";
import { backtestCommand } from "./backtest/command.ts";
import { importCommand } from "./import/command.ts";
import { keyCommand } from "./key.ts";
import { packCheck, packSetBoundaries } from "./pack.ts";
import { scenarioCommand } from "./scenario.ts";
import { userCommand } from "./user.ts";
import { backupCommand, restoreCommand, storeCommand } from "./store/command.ts";

const help = `ioc: tools of City IOC

  ioc pack check [DIR]                     check a city pack
  ioc pack set-boundaries FILE [...]       replace the approximate boundaries of a pack
  ioc import FILE... --map MAPPING [...]   read recorded data into a server or a data folder
  ioc scenario list | start ID | stop      play a scenario on a running server
  ioc drill list | start SCENARIO | show ID  play a scenario as an exercise, apart from everything real
  ioc backtest RULE --from --to [...]      run a warning over the history of a data folder
  ioc key create NAME | list | revoke ID   API keys of a data folder
  ioc user list | add NAME | password NAME [...]  people of a data folder, their roles and passwords
  ioc store check | maintain               look at the observation store; do the work that waits
  ioc backup FOLDER                        copy a data folder, whether its server runs or not
  ioc restore BACKUP [--force]             put a backup in the place of a data folder
  ioc help                                 this text

Each command tells more when it is called without arguments.
`;

async function run([command, ...rest]: readonly string[]): Promise<number> {
  switch (command) {
    case "pack":
      if (rest[0] === "check") return await packCheck(rest.slice(1));
      if (rest[0] === "set-boundaries") return await packSetBoundaries(rest.slice(1));
      break;
    case "import":
      return await importCommand(rest);
    case "scenario":
      return await scenarioCommand(rest);
    case "drill":
      return await drillCommand(rest);
    case "backtest":
      return await backtestCommand(rest);
    case "key":
      return keyCommand(rest);
    case "user":
      return await userCommand(rest);
    case "store":
      return await storeCommand(rest);
    case "backup":
      return await backupCommand(rest);
    case "restore":
      return await restoreCommand(rest);
    case "help":
    case undefined:
      process.stdout.write(help);
      return 0;
  }
  process.stderr.write(`there is no command "${[command, rest[0]].filter(Boolean).join(" ")}"\n\n${help}`);
  return 2;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
