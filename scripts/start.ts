/** Builds the web when it is missing or older than its sources, then runs the server in this process. */
import { buildWebIfStale } from "./web-build.ts";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  console.error(`Node ${process.versions.node} is too old: start with \`npx pnpm@12 start\`, which brings its own.`);
  process.exit(1);
}
console.log("Checking the web build …");
console.log(buildWebIfStale() ? "The web was built." : "The web is up to date.");
await import("../apps/server/src/main.ts");
