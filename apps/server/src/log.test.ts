import { expect, test } from "vitest";
import { createLog } from "./log.ts";

test("one event is one line, in text and in JSON, and lower levels are left out", () => {
  const lines: string[] = [];
  const text = createLog({ format: "text", level: "info" }, (line) => lines.push(line));
  text.debug("http", "unseen");
  text.warn("mqtt", "port busy\nfaked line", { port: 1883, took: "a b" });
  const json = createLog({ format: "json", level: "info" }, (line) => lines.push(line));
  json.error("http", "broke", { status: 500 });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\S+Z warn {2}mqtt {7}port busy faked line port=1883 took="a b"\n$/);
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ level: "error", part: "http", message: "broke", status: 500 });
});
