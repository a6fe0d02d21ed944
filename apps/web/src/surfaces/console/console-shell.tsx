import { Outlet } from "@tanstack/react-router";

export function ConsoleShell() {
  return <Outlet />;
}
