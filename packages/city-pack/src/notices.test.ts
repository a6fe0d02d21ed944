import { expect, test } from "vitest";
import { readPack } from "./read-pack.ts";
import { testPack } from "./test-pack.ts";

const name = "name: { vi: Mot, en: One }";
const found = async (files: Record<string, string>) => {
  using pack = testPack();
  for (const [file, text] of Object.entries(files)) pack.write(file, text);
  const { problems } = await readPack(pack.path);
  return problems.map(({ file, path, problem }) => `${file} ${path}: ${problem}`);
};
/** Routes without a reference, so that the rest of the pack's own files can be replaced. */
const none = { "shifts.yaml": "[]", "routes.yaml": "routes: []" };

test("the model city has desks, shifts and routes; a pack without them has nobody to tell", async () => {
  using pack = testPack();
  expect((await readPack(pack.path)).pack?.notices.routes.map(({ id }) => id)).toEqual([
    "emergency",
    "serious",
    "technical",
    "other",
  ]);
  for (const file of ["contacts.yaml", "shifts.yaml", "routes.yaml"]) pack.remove(file);
  const { pack: bare } = await readPack(pack.path);
  expect(bare?.notices).toMatchObject({ contacts: [], shifts: [], routes: [] });
  expect(bare?.notices.grouping.repeat).toEqual(["P1D", "PT6H", "PT3H", "PT1H", "PT1H"]);
});

test("contacts: addresses that are none, unknown centres, one id twice", async () => {
  const contacts = `- { id: a, ${name}, centre: nowhere, email: at-home }
- { id: b, ${name}, centre: oc-city, sms: "0905000000" }
- { id: c, ${name}, centre: oc-city, webhook: "ftp://x.example" }`;
  const problems = await found({ ...none, "contacts.yaml": contacts });
  expect(problems.some((one) => one.startsWith("contacts.yaml [0].email"))).toBe(true);
  expect(problems.some((one) => one.includes("[1].sms: not a telephone number"))).toBe(true);
  expect(problems.some((one) => one.startsWith("contacts.yaml [2].webhook"))).toBe(true);
  const good = `- { id: a, ${name}, centre: nowhere }\n- { id: a, ${name}, centre: oc-city }`;
  expect(await found({ ...none, "contacts.yaml": good })).toEqual([
    'contacts.yaml [0].centre: there is no centre "nowhere"',
    expect.stringContaining('contacts.yaml [1].id: contact "a" is there twice'),
  ]);
});

test("shifts: unknown centres and contacts, a rotation that is not of whole days, a time that is none", async () => {
  const shifts = `- { id: s, centre: nowhere, role: duty, contacts: [ghost] }
- { id: t, centre: oc-city, role: leader, contacts: [leader-1], rotate: { since: "2026-01-05", every: PT12H } }`;
  expect(await found({ "shifts.yaml": shifts })).toEqual([
    'shifts.yaml [0].centre: there is no centre "nowhere"',
    'shifts.yaml [0].contacts[0]: there is no contact "ghost"',
    "shifts.yaml [1].rotate.every: a rotation changes at midnight",
  ]);
  const odd = '- { id: s, centre: oc-city, role: duty, contacts: [leader-1], from: "7:00" }';
  expect(await found({ "shifts.yaml": odd })).toEqual(["shifts.yaml [0].from: not a time of day such as 07:30"]);
});

test("routes: unknown references, durations that are none, steps out of order", async () => {
  const routes = `grouping: { joinWithin: half an hour, repeat: [P1D, PT6H, PT3H, PT1H, PT0S] }
routes:
  - id: r
    ${name}
    when: { domains: [nothing], definitions: [w-none], centres: [nowhere] }
    ladder:
      - { after: PT5M, to: unit, channels: [in-app] }
      - { after: PT1M, to: city, channels: [in-app] }
      - { after: soon, to: leader, channels: [in-app] }`;
  expect(await found({ "routes.yaml": routes })).toEqual([
    'routes.yaml grouping.joinWithin: "half an hour" is not an ISO 8601 duration',
    "routes.yaml grouping.repeat[4]: a notice cannot repeat without a pause",
    'routes.yaml routes[0].when.centres[0]: there is no centre "nowhere"',
    'routes.yaml routes[0].when.definitions[0]: there is no warning "w-none"',
    'routes.yaml routes[0].when.domains[0]: there is no domain "nothing"',
    "routes.yaml routes[0].ladder[1].after: the step before it is later",
    'routes.yaml routes[0].ladder[2].after: "soon" is not an ISO 8601 duration',
  ]);
  const misspelt = `routes: [{ id: r, ${name}, ladder: [{ after: PT0S, to: unit, channels: [fax] }] }]`;
  expect((await found({ "routes.yaml": misspelt })).length).toBe(1);
});
