/**
 * A question that would have to read or answer more than is sensible; its message says what to ask instead. Known by its
 * name, because an error loses its class on the way from a worker thread.
 */
export class TooMuchAsked extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TooMuchAsked";
  }
}

export function isTooMuchAsked(error: unknown): error is Error {
  return error instanceof Error && error.name === "TooMuchAsked";
}
