import { z } from "zod";
import type { Network } from "@ioc/contracts";

const holidays = z.looseObject({ days: z.array(z.string().regex(/^(?:\d{4}-)?\d{2}-\d{2}$/)) });

const known = new WeakMap<Network, ReadonlySet<string>>();

/** Public holidays of the pack's table `public_holidays`: `MM-DD` every year, `YYYY-MM-DD` once. None without the table. */
export function holidaysOf(network: Network): ReadonlySet<string> {
  let days = known.get(network);
  if (!days) {
    const read = holidays.safeParse(network.reference["public_holidays"]);
    known.set(network, (days = new Set(read.success ? read.data.days : [])));
  }
  return days;
}
