import type { Database } from "@ioc/database";
import { openApiKeys } from "@ioc/identity";
import { createKeyCheck, createTransientKey, type KeyCheck } from "./api/keys.ts";
import { openPeople, type People } from "./identity/people.ts";

interface ServerKeys {
  keys: KeyCheck;
  people: People;
  /** The first key of a new data folder; it is told once and not stored. */
  newKey: string | null;
  /** Key of the simulator; lives as long as the process. */
  simulatorKey: string;
}

/** Opens the stored keys and the accounts, and makes the first one when there is none and none is given by `IOC_API_KEY`. */
export function openServerKeys(city: Database, givenKey: string): ServerKeys {
  const stored = openApiKeys(city);
  const isFirst = stored.list().length === 0 && givenKey === "";
  const newKey = isFirst ? stored.create("first key", ["admin"]).key : null;
  const simulatorKey = createTransientKey();
  const people = openPeople(city, Date.now);
  const transient = [
    { name: "simulator", key: simulatorKey, scopes: ["observations:write", "datasets:write"] as const },
    ...(givenKey === "" ? [] : [{ name: "IOC_API_KEY", key: givenKey, scopes: ["admin"] as const }]),
  ];
  return { keys: createKeyCheck(stored.verify, transient, people.holderOf), people, newKey, simulatorKey };
}
