import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { ReadyBody } from "./handlers.ts";

/** Serialises and compresses a body that does not change while the server runs. */
export function readyBody(value: unknown): ReadyBody {
  const plain = Buffer.from(JSON.stringify(value));
  return { plain, gzip: gzipSync(plain), etag: etagOf(plain) };
}

/** Bytes as they are, for what is compressed already: pictures. */
export function readyBytes(plain: Buffer): ReadyBody {
  return { plain, gzip: null, etag: etagOf(plain) };
}

function etagOf(bytes: Buffer): string {
  return `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`;
}
