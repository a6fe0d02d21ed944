import { ByteReader, toHex } from "../bytes.ts";
import { decoded, quantity, refused, state, wordOf, type Decoded, type Decoder, type Field } from "../fields.ts";

/** Parking sensors: Nwave (payload specification G4) and Bosch (communication interface TPS110). */

const causes = {
  0: "rejoining_lorawan_network",
  1: "watchdog",
  2: "power_on",
  3: "user_request",
  6: "brownout",
  7: "other",
};

/** How long the previous state lasted, in minutes: 1 up to 89, then steps of 5 up to 239, then of 60; 127 is longer. */
function previousState(code: number): Field[] {
  const [minutes, error] =
    code < 90
      ? [code, 0]
      : code < 120
        ? [90 + (code - 90) * 5, 4]
        : code < 127
          ? [240 + (code - 120) * 60, 59]
          : [660, null];
  return [
    quantity("previous_state_duration", minutes, "min"),
    ...(error === null ? [] : [quantity("previous_state_duration_error", error, "min")]),
    state("previous_state_duration_overflow", code === 127),
  ];
}

/** Four millivolts a step above 2.5 V. */
function batteryMillivolts(code: number): number {
  return 2500 + code * 4;
}

function health(millivolts: number, celsius: number): string {
  const low = celsius >= -5 ? 3000 : 2900;
  if (millivolts >= low) return "normal";
  return millivolts >= low - 100 ? "low" : "critical";
}

function startup(reader: ByteReader): Field[] {
  const version = Array.from(reader.take(3)).join(".");
  return [
    state("type", "startup"),
    state("firmware_version", version),
    state("reset_cause", wordOf(causes, reader.u8())),
  ];
}

const nwaveParking: Decoder = {
  decode({ fPort, bytes }) {
    const reader = new ByteReader(bytes);
    if (fPort === 3) return decoded([...startup(reader), state("occupied", (reader.u8() & 1) === 1)]);
    if (fPort !== 1 && fPort !== 2) return refused(`port ${fPort} of Nwave is not known; known are 1, 2 and 3`);
    const first = reader.u8();
    const occupied = state("occupied", first >= 0x80);
    if (fPort === 1) return decoded([state("type", "parking_status"), occupied, ...previousState(first & 0x7f)]);
    const millivolts = batteryMillivolts(reader.u8());
    const celsius = reader.i8() / 2 + 10;
    return decoded(
      [
        state("type", "heartbeat"),
        occupied,
        quantity("hw_health_status", first & 0x7f, "1"),
        quantity("temperature", celsius, "Cel"),
        quantity("battery_voltage", millivolts / 1000, "V"),
        state("battery_health", health(millivolts, celsius)),
      ],
      reader.rest(),
    );
  },
};

const nwaveCounter: Decoder = {
  decode({ fPort, bytes }) {
    const reader = new ByteReader(bytes);
    if (fPort === 1) return decoded([state("type", "counter_update"), quantity("counter_value", reader.u16be(), "1")]);
    if (fPort === 3) return decoded(startup(reader));
    if (fPort !== 2) return refused(`port ${fPort} of Nwave is not known; known are 1, 2 and 3`);
    return decoded([
      state("type", "heartbeat"),
      quantity("hw_health_status", reader.u8() >> 3, "1"),
      quantity("battery_voltage", batteryMillivolts(reader.u8()) / 1000, "V"),
      quantity("battery_voltage_mean_24h", batteryMillivolts(reader.u8()) / 1000, "V"),
    ]);
  },
};

const boschCauses = { 1: "Watchdog Reset", 2: "Power On Reset", 3: "System Request Reset", 4: "Other Resets" };

const bosch: Decoder = {
  decode({ fPort, bytes }): Decoded {
    const reader = new ByteReader(bytes);
    if (fPort === 1) return decoded([state("type", "parking status"), occupiedBy(reader)]);
    if (fPort === 2) {
      const occupied = occupiedBy(reader);
      return decoded([state("type", "heartbeat"), occupied, quantity("temperature", reader.i8(), "Cel")]);
    }
    if (fPort !== 3) return refused(`port ${fPort} of Bosch is not known; known are 1, 2 and 3`);
    const debug = toHex(reader.take(12)).match(/../g)?.join(" ") ?? "";
    // The version is written from its last part to its first.
    const version = Array.from(reader.take(3)).reverse().join(".");
    const cause = state("resetCause", wordOf(boschCauses, reader.u8()));
    const firmware = state("firmwareVersion", version);
    return decoded([state("type", "startup"), occupiedBy(reader), cause, firmware, state("debugInfo", debug)]);
  },
};

function occupiedBy(reader: ByteReader): Field {
  return state("occupied", (reader.u8() & 1) === 1);
}

export const parkingModels: Readonly<Record<string, Decoder>> = {
  "bosch/parking-lot-sensor": bosch,
  "nwave/g4-ncc-sm": nwaveCounter,
  "nwave/g4-nps-sm": nwaveParking,
};
