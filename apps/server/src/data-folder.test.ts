import { expect, test } from "vitest";
import { temporaryFolder } from "@ioc/testkit";
import { FolderInUse, openDataFolder } from "./data-folder.ts";

test("settings outlive the process and a second server is refused", () => {
  using folder = temporaryFolder();
  const first = openDataFolder(folder.path);
  first.settings.set("city-time", "1");
  first.settings.set("city-time", "2");
  expect(() => openDataFolder(folder.path)).toThrow(FolderInUse);
  expect(() => openDataFolder(folder.path)).toThrow("IOC_DATA_DIR");
  first.close();
  const second = openDataFolder(folder.path);
  expect(second.settings.get("city-time")).toBe("2");
  expect(second.settings.get("other")).toBeUndefined();
  second.close();
});
