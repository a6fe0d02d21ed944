import { StoreUnavailable, type ObservationReader } from "@ioc/observations";

/** More failures in one question are no damage in places: then the whole file cannot be read. */
const mostFailures = 500;

/**
 * A reader for parts of the program that need what can be read of many datastreams, such as the first look back at a start:
 * a damaged part of the file takes away the datastreams it holds and no others. What was left out is told by the failures
 * of the reader underneath. Whoever asks for data to show or to compute with should be told of the fault instead.
 */
export function soundSeriesOf(reader: ObservationReader): ObservationReader {
  const budget = () => ({ failures: 0 });
  return {
    ...reader,
    raw: async ({ datastreams, ...span }) => {
      const parts = await sound(datastreams, (ids) => reader.raw({ ...span, datastreams: ids }), budget());
      return {
        datastream: parts.flatMap((part) => part.datastream),
        time: parts.flatMap((part) => part.time),
        result: parts.flatMap((part) => part.result),
        quality: parts.flatMap((part) => part.quality),
      };
    },
    latestValid: async (datastreams, time) =>
      (await sound(datastreams, (ids) => reader.latestValid(ids, time), budget())).flat(),
  };
}

/** Asks for all at once; when that fails, for each half, down to the datastreams that cannot be read. */
async function sound<T>(
  datastreams: readonly string[],
  read: (datastreams: readonly string[]) => Promise<T>,
  budget: { failures: number },
): Promise<T[]> {
  try {
    return [await read(datastreams)];
  } catch (error) {
    budget.failures += 1;
    if (!(error instanceof StoreUnavailable) || budget.failures > mostFailures) throw error;
    if (datastreams.length <= 1) return [];
    const middle = Math.ceil(datastreams.length / 2);
    const first = await sound(datastreams.slice(0, middle), read, budget);
    return [...first, ...(await sound(datastreams.slice(middle), read, budget))];
  }
}
