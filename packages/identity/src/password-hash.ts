import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

/** Too many passwords wait to be hashed; the caller may try again in a moment. */
export class HashingBusy extends Error {
  constructor() {
    super("too many passwords are being checked");
    this.name = "HashingBusy";
  }
}

/**
 * Work of a hash: m KiB of memory, t passes, p lanes. The minimum that OWASP recommends for argon2id (Password Storage Cheat Sheet).
 */
const work = { m: 19_456, t: 2, p: 1 } as const;
const saltBytes = 16;
const tagBytes = 32;
const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** A hash of which nobody knows a password, with the work of a real one: what a name that nobody has is checked against. */
export const hashOfNobody = `$argon2id$v=19$m=${work.m},t=${work.t},p=${work.p}$${"A".repeat(22)}$${"A".repeat(43)}`;

/** Hashes run beside each other, so that the thread pool has room for files. */
const mostRunning = 2;
/** At about 60 ms a hash the last in the queue waits less than a second. */
const mostWaiting = 20;
let running = 0;
const waiting: (() => void)[] = [];

/**
 * argon2id (RFC 9106) of a password as a PHC string: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`.
 * @throws {HashingBusy}
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await derive(password, salt, work, tagBytes);
  return `$argon2id$v=19$m=${work.m},t=${work.t},p=${work.p}$${unpadded(salt)}$${unpadded(tag)}`;
}

/**
 * Whether a password has this hash; the work is that of the stored hash.
 * @throws {HashingBusy}
 * @throws {RangeError} when the stored text is no argon2id hash
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, m, t, p, salt = "", tag = ""] = phcPattern.exec(stored) ?? [];
  if (m === undefined) throw new RangeError("the stored password hash is not an argon2id PHC string");
  const wanted = Buffer.from(tag, "base64");
  const parameters = { m: Number(m), t: Number(t), p: Number(p) };
  const found = await derive(password, Buffer.from(salt, "base64"), parameters, wanted.length);
  return timingSafeEqual(found, wanted);
}

/** Equal passwords typed on different keyboards are equal: NFC, as RFC 8265 has it for OpaqueString. */
async function derive(
  password: string,
  nonce: Buffer,
  { m, t, p }: { m: number; t: number; p: number },
  tagLength: number,
): Promise<Buffer> {
  const parameters = { message: password.normalize("NFC"), nonce, memory: m, passes: t, parallelism: p, tagLength };
  await enter();
  try {
    return await new Promise((done, fail) => {
      argon2("argon2id", parameters, (error, tag) => (error ? fail(error) : done(tag)));
    });
  } finally {
    leave();
  }
}

async function enter(): Promise<void> {
  if (running < mostRunning) {
    running += 1;
    return;
  }
  if (waiting.length >= mostWaiting) throw new HashingBusy();
  await new Promise<void>((go) => waiting.push(go));
}

/** Hands the place on to who waits longest. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else running -= 1;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
