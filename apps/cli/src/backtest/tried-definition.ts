import { readFile } from "node:fs/promises";
import { warningDefinition } from "@ioc/contracts";
import type { Network, WarningDefinition } from "@ioc/contracts";
import { checkTrial } from "@ioc/warnings";
import { parse } from "yaml";
import { z } from "zod";

/**
 * The definition to be tried: that of the pack, or, with a file, its keys in the place of the pack's (`levels` as a whole). The
 * file holds them as a mapping, or is a list of definitions such as the pack's own files.
 *
 * @throws Error that says what is wrong and what would be right
 */
export async function triedDefinition(
  id: string,
  file: string | undefined,
  { warnings, network }: { warnings: readonly WarningDefinition[]; network: Network },
): Promise<WarningDefinition> {
  const own = warnings.find((one) => one.id === id);
  if (file === undefined) {
    if (own) return own;
    throw new Error(`there is no warning "${id}"; there are: ${warnings.map((one) => one.id).join(", ")}`);
  }
  const parsed = warningDefinition.safeParse({ ...own, ...(await keysIn(file, id)), id });
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const problems = checkTrial(parsed.data, network);
  if (problems.length > 0) throw new Error([`${file}:`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  return parsed.data;
}

async function keysIn(file: string, id: string): Promise<Record<string, unknown>> {
  let content: unknown;
  try {
    content = parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const record = z.record(z.string(), z.unknown());
  if (!Array.isArray(content)) {
    const keys = record.safeParse(content);
    if (keys.success) return keys.data;
    throw new Error(`${file} must hold keys of a definition, such as "levels:"`);
  }
  const found = content.map((one) => record.safeParse(one).data).find((one) => one?.["id"] === id);
  if (found) return found;
  throw new Error(`${file} has no definition "${id}"`);
}
