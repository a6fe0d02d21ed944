import type { Device } from "@ioc/city-pack";

/** The devices of a city pack by the names that they push with. */
export interface DeviceDirectory {
  /** @param devEui 16 hexadecimal digits in upper case. */
  byDevEui(devEui: string): Device | undefined;
  byEsp8266(chip: string): Device | undefined;
}

export function createDeviceDirectory(devices: readonly Device[]): DeviceDirectory {
  const euis = new Map<string, Device>();
  const chips = new Map<string, Device>();
  for (const device of devices) {
    if (device.devEui !== null) euis.set(device.devEui, device);
    if (device.esp8266 !== null) chips.set(device.esp8266, device);
  }
  return { byDevEui: (devEui) => euis.get(devEui), byEsp8266: (chip) => chips.get(chip) };
}
