import { enableCompileCache } from "node:module";

// Compiled code is kept in the folder for temporary files, so that the next start is about half a second quicker.
enableCompileCache();
const { run } = await import("./run.ts");
await run();
