import { lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { DeliveryError } from "./delivery.ts";

const timeoutMs = 10_000;
/** Of an answer no more is read. */
const mostAnswer = 64 * 1024;

/** Addresses that are not of the public internet: RFC 6890 and its successors, and ways around them (NAT64, 6to4, Teredo). */
const inside = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  inside.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 32],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  inside.addSubnet(net, prefix, "ipv6");
}

/** Which hosts inside the own network may be sent to. */
export interface Allowed {
  /** @param host name or address as it stands in the URL */
  has(host: string): boolean;
}

/** @param list host names and addresses, separated by commas */
export function allowedHosts(list: string): Allowed {
  const hosts = new Set(
    list
      .split(",")
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ""),
  );
  return { has: (host) => hosts.has(host) };
}

/** True for an address that only the own network or the machine itself has. */
export function isInside(address: string): boolean {
  const family = isIP(address);
  return family === 0 || inside.check(address, family === 4 ? "ipv4" : "ipv6");
}

export interface Outgoing {
  method: "POST";
  headers: Readonly<Record<string, string | number>>;
  body: string | Buffer;
}

/**
 * Sends a request to an address that somebody else has given. A host inside the own network is refused unless it is allowed, and so is
 * plain HTTP; the address that was looked at is the one that is connected to, and redirections are not followed.
 *
 * @returns status and the beginning of the answer's text
 * @throws {DeliveryError} when the address is refused (permanent) or does not answer
 */
export async function sendGuarded(
  address: string,
  { method, headers, body }: Outgoing,
  allowed: Allowed,
): Promise<{ status: number; text: string }> {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const free = allowed.has(host);
  if (url.protocol !== "https:" && !(free && url.protocol === "http:"))
    throw new DeliveryError(`${url.protocol}//${host} is not https`, true);
  if (!free && isIP(host) !== 0 && isInside(host))
    throw new DeliveryError(`${host} lies inside the own network and is not allowed`, true);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return await new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method,
        headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(free ? {} : { lookup: publicLookup }),
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          text += part;
          if (text.length > mostAnswer) response.destroy();
        });
        const status = response.statusCode ?? 0;
        response.on("close", () => resolve({ status, text: text.slice(0, mostAnswer) }));
      },
    );
    request.on("error", (error) => {
      if (error instanceof DeliveryError) return reject(error);
      const late = error.name === "AbortError" || error.name === "TimeoutError";
      reject(new DeliveryError(late ? `${host} did not answer within ${timeoutMs / 1000} s` : error.message));
    });
    request.end(body);
  });
}

/** Looks a name up and answers only public addresses, so that nothing can change between looking and connecting. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 0);
    const open = addresses.filter(({ address }) => !isInside(address));
    const [first] = open;
    if (!first)
      return done(new DeliveryError(`${hostname} lies inside the own network and is not allowed`, true), "", 0);
    if (options.all) return done(null, open);
    done(null, first.address, first.family);
  });
};
