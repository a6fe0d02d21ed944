type Level = "debug" | "info" | "warn" | "error";
type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;

const ranks: Readonly<Record<Level, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** Writes one line an event: a word for the part, what happened, and fields. Never give it a secret. */
export interface Log {
  debug(part: string, message: string, fields?: Fields): void;
  info(part: string, message: string, fields?: Fields): void;
  warn(part: string, message: string, fields?: Fields): void;
  error(part: string, message: string, fields?: Fields): void;
}

/** Lines are `2026-10-22T02:00:24.123Z info  http  message key=value`, or one JSON object each. */
export function createLog(
  options: { format: "text" | "json"; level: Level },
  write: (line: string) => void = (line) => void process.stdout.write(line),
): Log {
  const line =
    (level: Level) =>
    (part: string, message: string, fields: Fields = {}) => {
      if (ranks[level] < ranks[options.level]) return;
      const time = new Date().toISOString();
      if (options.format === "json") return write(`${JSON.stringify({ time, level, part, message, ...fields })}\n`);
      const rest = Object.entries(fields)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => ` ${key}=${plain(value)}`);
      write(`${time} ${level.padEnd(5)} ${part.padEnd(10)} ${oneLine(message)}${rest.join("")}\n`);
    };
  return { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };
}

/** Keeps one event on one line whatever it quotes from outside. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what it takes out
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ");
}

function plain(value: Fields[string]): string {
  return typeof value === "string" && /[\s"=]/.test(value) ? JSON.stringify(value) : String(value);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
