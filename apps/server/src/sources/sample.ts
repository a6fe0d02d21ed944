/** Characters that are kept of something that could not be used. */
const kept = 500;

/** The beginning of a value as JSON, for the quarantine and for messages; whatever a sender made up. */
export function sampleOf(value: unknown, length = kept): string {
  try {
    return (JSON.stringify(value) ?? "nothing").slice(0, length);
  } catch (error) {
    // Values are parsed JSON, so it is neither a circle nor a BigInt but the depth that JSON.stringify gives up at.
    if (error instanceof RangeError) return "(nested too deeply to be shown)";
    throw error;
  }
}
