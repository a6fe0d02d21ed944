import { SystemPage } from "../../features/system/index.ts";

/** Health of the system itself, for those who run it. */
export function ConsoleSystemPage() {
  return <SystemPage />;
}
