import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { ReadyBody } from "./handlers.ts";

/** Serialises and compresses a body that does not change while the server runs. */
export function readyBody(value: unknown): ReadyBody {
  const plain = Buffer.from(JSON.stringify(value));
  const etag = `"${createHash("sha256").update(plain).digest("base64url").slice(0, 27)}"`;
  return { plain, gzip: gzipSync(plain), etag };
}
