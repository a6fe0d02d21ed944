import type { LocalizedText } from "@ioc/contracts";

/** There is no forecast for a reason that is no fault of the program; `text` says which, in both languages. */
export class NoForecast extends Error {
  readonly text: LocalizedText;

  constructor(text: LocalizedText) {
    super(text.en);
    this.text = text;
  }
}

/** What is told of an error; a fault of the program or a definition speaks English, behind a word that says so. */
export function toldOfError(error: unknown): LocalizedText {
  if (error instanceof NoForecast) return error.text;
  const message = error instanceof Error ? error.message : String(error);
  return { vi: `lỗi: ${message}`, en: message };
}
