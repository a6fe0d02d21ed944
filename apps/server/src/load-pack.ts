import { networkOf, readPack, type CityPack, type PackProblem } from "@ioc/city-pack";
import type { Network } from "@ioc/contracts";

/** A city pack that cannot be used; the message lists what is wrong and what would be right. */
export class PackError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PackError";
  }
}

/**
 * Reads the pack in a folder and the network of a scheme; an empty scheme means the pack's own choice.
 * @throws {PackError}
 */
export async function loadPack(folder: string, scheme: string): Promise<{ pack: CityPack; network: Network }> {
  const { pack, problems } = await readPack(folder);
  if (!pack) throw new PackError(listed(folder, problems));
  const wanted = scheme || pack.scheme;
  if (!pack.schemes.some((one) => one.id === wanted)) {
    const known = pack.schemes.map((one) => one.id).join(", ");
    throw new PackError(`IOC_SCHEME is "${wanted}"; the pack ${pack.id} has: ${known}`);
  }
  return { pack, network: networkOf(pack, wanted) };
}

function listed(folder: string, problems: readonly PackProblem[]): string {
  const shown = problems.slice(0, 20);
  const lines = shown.map((one) => `  ${one.file}:${one.line} ${one.path}: ${one.problem}; ${one.remedy}`);
  const more = problems.length > 20 ? [`  … and ${problems.length - 20} more: ioc pack check ${folder}`] : [];
  return [`the city pack ${folder} (IOC_CITY) cannot be used:`, ...lines, ...more].join("\n");
}
