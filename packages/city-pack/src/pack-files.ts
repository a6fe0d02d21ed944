import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import type { Placed, Problems } from "./problems.ts";
import { readYaml } from "./yaml-file.ts";

const largestBytes = 64 * 1024 * 1024;

/** Reads the files of one pack folder; what cannot be read becomes a problem, never an exception. */
export class PackFiles {
  readonly folder: string;
  readonly problems: Problems;

  constructor(folder: string, problems: Problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /** Text of a file in Unicode NFC; null when it is not there (a problem when `required`) or cannot be read. */
  async text(file: string, required: boolean): Promise<string | null> {
    let content: string;
    try {
      const path = join(this.folder, file);
      if ((await stat(path)).size > largestBytes) {
        this.problems.addFile(file, "the file is larger than 64 MiB", "make it smaller");
        return null;
      }
      content = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "ENOENT") {
        if (required) this.problems.addFile(file, "the file is missing", "add it; every city pack needs it");
      } else if (error instanceof TypeError) this.problems.addFile(file, "not UTF-8 text", "save the file as UTF-8");
      else this.problems.addFile(file, `cannot be read: ${(error as Error).message}`, "make it a readable file");
      return null;
    }
    this.#checkNormal(file, content);
    return content;
  }

  /** Paths of the files in a folder of the pack that end in `extension`, sorted; empty when there is no such folder. */
  async list(folder: string, extension: string): Promise<string[]> {
    try {
      const names = await readdir(join(this.folder, folder));
      return names
        .filter((name) => name.endsWith(extension) && !name.startsWith("."))
        .sort()
        .map((name) => `${folder}/${name}`);
    } catch {
      return [];
    }
  }

  async yaml<T>(file: string, schema: z.ZodType<T>, required: boolean): Promise<Placed<T> | null> {
    const content = await this.text(file, required);
    return content === null ? null : readYaml(file, content, schema, this.problems);
  }

  #checkNormal(file: string, content: string): void {
    if (content === content.normalize("NFC")) return;
    const lines = content.split("\n");
    const line = lines.findIndex((text) => text !== text.normalize("NFC")) + 1;
    this.problems.addFile(file, "letters with separate accents (not Unicode NFC)", "save the text in form NFC", line);
  }
}
