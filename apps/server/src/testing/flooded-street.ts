import type { Alert, StationItem } from "@ioc/contracts";
import type { startTestServer } from "./start-test-server.ts";

const minute = 60_000;
type Server = Awaited<ReturnType<typeof startTestServer>>;

/** Depths that make an emergency of a street, and less, m. */
export const risingWater = [0, 0, 0.05, 0.4, 0.6, 0.6, 0.6, 0.6];
export const shallowWater = [0, 0, 0.05, 0.2, 0.2, 0.2, 0.2, 0.2];

/** A street-flood station of the pack to which an hour of rising water was sent. @param nth which of them @param depths m, five minutes apart */
export async function floodStreet(server: Server, nth = 0, depths = risingWater): Promise<StationItem> {
  const list = (await server.call(`/api/v1/stations?kind=street-flood&limit=1&offset=${nth}`)).json();
  const station = (list as { items: StationItem[] }).items[0];
  if (!station) throw new Error("the pack has too few street-flood stations");
  await sendDepths(server, station, depths, server.running.clock.now() - 60 * minute);
  return station;
}

/** Sends depths five minutes apart, m above the road. */
export async function sendDepths(
  server: Server,
  station: StationItem,
  depths: readonly number[],
  from: number,
): Promise<void> {
  const dry = Number(station.attributes["dry_offset_m"] ?? 0);
  const observations = depths.map((depth, i) => ({
    station: station.id,
    property: "depth",
    phenomenonTime: new Date(from + i * 5 * minute).toISOString(),
    result: depth + dry,
  }));
  const answer = await server.call("/api/v1/observations", { observations });
  if (answer.status !== 202) throw new Error(answer.text);
}

/** The open alert of the street, as soon as it is there. */
export async function alertOfStreet(server: Server, station: StationItem): Promise<Alert> {
  const path = `/api/v1/alerts?station=${station.id}&definition=w-street-flood`;
  for (;;) {
    const { items } = (await server.call(path)).json() as { items: Alert[] };
    if (items[0]) return items[0];
    await new Promise((done) => setTimeout(done, 50));
  }
}
