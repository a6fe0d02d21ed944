import { isIPv6 } from "node:net";

/** Token buckets by client address: `perSecond` on the long run, ten times as many at once. */
export interface RateLimit {
  /** Takes one token. Answers 0 when it was there, else the seconds until the next one. */
  take(address: string): number;
}

const largestTable = 20_000;

export function createRateLimit(perSecond: number, now: () => number): RateLimit {
  if (perSecond === 0) return { take: () => 0 };
  const burst = perSecond * 10;
  const buckets = new Map<string, { tokens: number; at: number }>();
  return {
    take(address) {
      const key = clientOf(address);
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: burst, at };
      bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.at) / 1000) * perSecond);
      bucket.at = at;
      // Newest last, so that the table forgets whoever was quiet for longest.
      buckets.delete(key);
      buckets.set(key, bucket);
      if (buckets.size > largestTable) buckets.delete(buckets.keys().next().value ?? key);
      if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perSecond);
      bucket.tokens -= 1;
      return 0;
    },
  };
}

/** What a client is counted as: an IPv6 client owns a /64, so its addresses are one. */
export function clientOf(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
  return isIPv6(plain) ? expandedPrefix(plain) : plain;
}

function expandedPrefix(address: string): string {
  const [head = "", tail] = address.split("::", 2);
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0");
  return [...front, ...middle, ...back].slice(0, 4).join(":");
}
