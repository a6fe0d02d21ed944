/** What is done about the alert that the cursor is on. */
export type WorkCommand = "acknowledge" | "resolve" | "comment";
export type ListCommand = "next" | "previous" | "first" | "last" | "open" | "close" | WorkCommand;

const keys: Record<string, ListCommand> = {
  ArrowDown: "next",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
  Enter: "open",
  Escape: "close",
};
const letters: Record<string, ListCommand> = {
  KeyJ: "next",
  KeyK: "previous",
  KeyO: "open",
  KeyA: "acknowledge",
  KeyR: "resolve",
  KeyC: "comment",
};

/**
 * Command of a key in the alert list. Letters are read from the place on the keyboard (`event.code`), which also works
 * while a Vietnamese input method reports `Process`; they can be switched off (WCAG 2.1.4).
 */
export function listKey(
  event: Pick<globalThis.KeyboardEvent, "key" | "code" | "isComposing">,
  letterKeys: boolean,
): ListCommand | null {
  const named = keys[event.key];
  if (named) return named;
  if (!letterKeys) return null;
  if (event.key === "Process" || event.key === "Unidentified") return letters[event.code] ?? null;
  return letters[`Key${event.key.toUpperCase()}`] ?? null;
}

export function isWork(command: ListCommand): command is WorkCommand {
  return command === "acknowledge" || command === "resolve" || command === "comment";
}
