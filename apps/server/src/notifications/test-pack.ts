import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { temporaryFolder } from "@ioc/testkit";

/** The model city with one desk for everything, which is told of every alert after a second on every channel. */
export function deskPack(webhook: string): Disposable & { path: string } {
  const folder = temporaryFolder();
  cpSync(resolve(import.meta.dirname, "../../../../fixtures/danang"), folder.path, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(`${folder.path}/${file}`, text);
  write("city.yaml", readFileSync(`${folder.path}/city.yaml`, "utf8").replace("../scenarios", "scenarios"));
  write(
    "contacts.yaml",
    `- { id: desk, name: { vi: Trực ban, en: Desk }, centre: oc-city, language: en, email: desk@ioc.example, sms: "+84900000001", webhook: "${webhook}" }`,
  );
  write("shifts.yaml", "- { id: always, centre: oc-city, role: duty, contacts: [desk] }");
  write(
    "routes.yaml",
    `grouping: { hold: [PT1S, PT1S, PT1S, PT1S, PT1S] }
routes:
  - id: all
    name: { vi: Tất cả, en: Everything }
    ladder: [{ after: PT0S, to: unit, channels: [in-app, email, sms, push, webhook] }]
`,
  );
  return { path: folder.path, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}
