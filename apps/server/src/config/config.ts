import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { z } from "zod";
import { knownVariables, settings, type Settings } from "./env.ts";

const checkout = resolve(import.meta.dirname, "../../../..");

type Values = { [K in keyof Settings]: z.output<Settings[K]["schema"]> };

/** Checked settings: folders are absolute, `speed` is 1 unless the city is played, `sampling` is a number. */
export interface Config extends Omit<Values, "sampling"> {
  sampling: number;
}

/** Settings that cannot be used; each line names the variable, what was given and what would be right. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/**
 * Reads the settings from environment variables.
 * @param folder Folder that relative paths start from.
 * @throws {ConfigError} naming every variable that is wrong.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  folder: string = process.cwd(),
): { config: Config; warnings: string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, one] of Object.entries(settings)) {
    const given = environment[one.variable];
    const parsed = one.schema.safeParse(given === undefined || given === "" ? one.fallback : given.trim());
    if (parsed.success) values[key] = parsed.data;
    else
      problems.push(`${one.variable} is ${quote(one.variable, given)}; it must be ${parsed.error.issues[0]?.message}`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const read = values as Values;
  const speed = read.simulate ? read.speed : 1;
  const config: Config = {
    ...read,
    speed,
    sampling: read.sampling === "auto" ? (speed === 1 ? 5 : 1) : read.sampling,
    dataDir: resolve(folder, read.dataDir),
    city: findFolder(folder, read.city),
    publicUrl: read.publicUrl.replace(/\/+$/, ""),
  };
  return { config, warnings: unknownVariables(environment) };
}

const secrets: ReadonlySet<string> = new Set([
  settings.apiKey.variable,
  settings.smtpUrl.variable,
  settings.webhookSecret.variable,
  settings.vapidPrivateKey.variable,
  settings.smsUrl.variable,
  settings.smsBody.variable,
  settings.smsAuthorization.variable,
]);

/** A secret that does not fit is not repeated in a message. */
function quote(variable: string, given: string | undefined): string {
  return secrets.has(variable) ? "not usable" : JSON.stringify(given ?? "");
}

/** A pack is looked for from the working folder first and then from the checkout. */
function findFolder(folder: string, path: string): string {
  const here = resolve(folder, path);
  return existsSync(here) ? here : existsSync(resolve(checkout, path)) ? resolve(checkout, path) : here;
}

function unknownVariables(environment: Readonly<Record<string, string | undefined>>): string[] {
  const known = knownVariables();
  return Object.keys(environment)
    .filter((name) => name.startsWith("IOC_") && !known.includes(name))
    .map((name) => {
      const near = known.map((one) => ({ one, far: distance(name, one) })).sort((a, b) => a.far - b.far)[0];
      const hint = near && near.far <= 3 ? `; did you mean ${near.one}?` : "";
      return `${name} is not a setting and has no effect${hint}`;
    });
}

/** Edit distance by Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
