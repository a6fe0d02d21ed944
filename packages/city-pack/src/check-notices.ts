import { durationMs } from "@ioc/contracts";
import type { Centre, Domain, Route, Shift, WarningDefinition } from "@ioc/contracts";
import { checkUnique } from "./check-unique.ts";
import { knownIds, placeBelow } from "./problems.ts";
import type { Path, Placed, Problems, Section } from "./problems.ts";
import type { NoticeParts } from "./read-notices.ts";

interface Known {
  centres: Section<Centre>;
  domains: Section<Domain>;
  warnings: Section<WarningDefinition>;
}

/** Ids, references, durations and the order of ladders of what is told to whom. */
export function checkNotices({ contacts, shifts, plan }: NoticeParts, known: Known, problems: Problems): void {
  const isCentre = knownIds(known.centres, ({ id }) => id);
  checkUnique(contacts, ({ id }) => id, "contact", problems);
  for (const { value, place } of contacts) {
    if (!isCentre(value.centre)) noCentre(place, ["centre"], value.centre, problems);
  }
  checkUnique(shifts, ({ id }) => id, "shift", problems);
  const isContact = knownIds({ items: contacts, complete: true }, ({ id }) => id);
  for (const shift of shifts) checkShift(shift, isCentre, isContact, problems);

  const { value, place } = plan;
  const { hold, repeat, joinWithin, growth, storm } = value.grouping;
  const lengths: [Path, string][] = [
    ...[...hold.entries()].map(([at, text]): [Path, string] => [["hold", at], text]),
    ...[...repeat.entries()].map(([at, text]): [Path, string] => [["repeat", at], text]),
    [["joinWithin"], joinWithin],
    [["growth"], growth],
    [["storm", "within"], storm.within],
  ];
  for (const [path, text] of lengths) checkDuration(place, ["grouping", ...path], text, problems);
  for (const [at, text] of repeat.entries()) {
    if ((durationMs(text) ?? 1) > 0) continue;
    problems.add(place, ["grouping", "repeat", at], "a notice cannot repeat without a pause", "give at least PT1M");
  }
  const routes = value.routes.map((value, at) => ({ value, place: placeBelow(place, ["routes", at]) }));
  checkUnique(routes, ({ id }) => id, "route", problems);
  for (const route of routes) checkRoute(route, known, isCentre, problems);
}

function checkShift(
  { value, place }: Placed<Shift>,
  isCentre: (id: string) => boolean,
  isContact: (id: string) => boolean,
  problems: Problems,
): void {
  if (!isCentre(value.centre)) noCentre(place, ["centre"], value.centre, problems);
  for (const [at, contact] of value.contacts.entries()) {
    if (isContact(contact)) continue;
    problems.add(place, ["contacts", at], `there is no contact "${contact}"`, "use an id of contacts.yaml");
  }
  if (!value.rotate) return;
  checkDuration(place, ["rotate", "every"], value.rotate.every, problems);
  if (((durationMs(value.rotate.every) ?? 86_400_000) / 86_400_000) % 1 === 0 && durationMs(value.rotate.every) !== 0)
    return;
  problems.add(place, ["rotate", "every"], "a rotation changes at midnight", "give whole days, such as P7D");
}

function checkRoute(
  { value, place }: Placed<Route>,
  { domains, warnings }: Known,
  isCentre: (id: string) => boolean,
  problems: Problems,
): void {
  const isDomain = knownIds(domains, ({ id }) => id);
  const isWarning = knownIds(warnings, ({ id }) => id);
  for (const [at, id] of (value.when.centres ?? []).entries()) {
    if (!isCentre(id)) noCentre(place, ["when", "centres", at], id, problems);
  }
  for (const [at, id] of (value.when.domains ?? []).entries()) {
    if (isDomain(id)) continue;
    problems.add(place, ["when", "domains", at], `there is no domain "${id}"`, "use an id of domains.yaml");
  }
  for (const [at, id] of (value.when.definitions ?? []).entries()) {
    if (isWarning(id)) continue;
    problems.add(place, ["when", "definitions", at], `there is no warning "${id}"`, "use an id of warnings/*.yaml");
  }
  let before = 0;
  for (const [at, { after }] of value.ladder.entries()) {
    checkDuration(place, ["ladder", at, "after"], after, problems);
    const ms = durationMs(after) ?? before;
    if (ms < before) problems.add(place, ["ladder", at, "after"], "the step before it is later", "sort the steps");
    before = ms;
  }
}

function checkDuration(place: Placed<unknown>["place"], path: Path, text: string, problems: Problems): void {
  if (durationMs(text) !== null) return;
  problems.add(place, path, `"${text}" is not an ISO 8601 duration`, "write it like PT15M or P1D");
}

function noCentre(place: Placed<unknown>["place"], path: Path, id: string, problems: Problems): void {
  problems.add(place, path, `there is no centre "${id}"`, "use an id of centres.yaml");
}
