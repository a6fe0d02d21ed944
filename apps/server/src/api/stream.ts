import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";

/** A client that takes nothing for so long is cut off. */
const longestStallMs = 60_000;

/**
 * Sends a body piece by piece, no faster than the client takes it; when the client goes away, the source is ended. What fails
 * before the first piece is thrown, so that it can still be told as a problem; what fails later breaks the connection, so that
 * nobody takes a part for the whole.
 */
export async function sendStream(
  request: Request,
  response: Response,
  chunks: AsyncIterable<Uint8Array | string>,
  stallMs = longestStallMs,
): Promise<void> {
  if (request.method === "HEAD") return void response.end();
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next().catch((error: unknown) => {
    response.removeHeader("Content-Disposition");
    throw error;
  });
  const rest = async function* () {
    try {
      for (let one = first; !one.done; one = await iterator.next()) yield one.value;
    } finally {
      await iterator.return?.();
    }
  };
  response.setTimeout(stallMs, () => response.destroy());
  try {
    await pipeline(Readable.from(rest(), { objectMode: false }), response);
  } catch (error) {
    // Whoever asked is gone; there is nobody to answer.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
