import { battery, long, signed, word, wordAt, type Group } from "./decentlab.ts";

/** Groups of sensors with many values. Formulas and scales: user guide of each product. */

/** Sensirion SHT3x: temperature in the first word, relative humidity in the second (data sheet SHT3x-DIS, section 4.13). */
export const sht3x = (temperature: string, humidity: string): Group => ({
  words: 2,
  values: [
    [temperature, "Cel", (x) => (175 * wordAt(x, 0)) / 65_535 - 45],
    [humidity, "%", (x) => (100 * wordAt(x, 1)) / 65_535],
  ],
});

export const weatherStation: Group = {
  words: 17,
  values: [
    ["solar_radiation", "W/m2", signed(0)],
    ["precipitation", "mm", signed(1, 1000)],
    ["lightning_strike_count", "1", signed(2)],
    ["lightning_average_distance", "km", signed(3)],
    ["wind_speed", "m/s", signed(4, 100)],
    ["wind_direction", "deg", signed(5, 10)],
    ["maximum_wind_speed", "m/s", signed(6, 100)],
    ["air_temperature", "Cel", signed(7, 10)],
    ["vapor_pressure", "kPa", signed(8, 100)],
    ["atmospheric_pressure", "kPa", signed(9, 100)],
    ["relative_humidity", "%", signed(10, 10)],
    ["sensor_temperature_internal", "Cel", signed(11, 10)],
    ["x_orientation_angle", "deg", signed(12, 10)],
    ["y_orientation_angle", "deg", signed(13, 10)],
    ["compass_heading", "deg", signed(14)],
    ["north_wind_speed", "m/s", signed(15, 100)],
    ["east_wind_speed", "m/s", signed(16, 100)],
  ],
};

export const sapFlow: Group = {
  words: 16,
  values: [
    ["sap_flow", "L/h", (x) => (wordAt(x, 0) * 16 - 50_000) / 1000],
    ["heat_velocity_outer", "cm/h", (x) => (wordAt(x, 1) * 16 - 50_000) / 1000],
    ["heat_velocity_inner", "cm/h", (x) => (wordAt(x, 2) * 16 - 50_000) / 1000],
    ["alpha_outer", "1", (x) => (wordAt(x, 3) * 32 - 1_000_000) / 100_000],
    ["alpha_inner", "1", (x) => (wordAt(x, 4) * 32 - 1_000_000) / 100_000],
    ["beta_outer", "1", (x) => (wordAt(x, 5) * 32 - 1_000_000) / 100_000],
    ["beta_inner", "1", (x) => (wordAt(x, 6) * 32 - 1_000_000) / 100_000],
    ["tmax_outer", "s", word(7, 500)],
    ["tmax_inner", "s", word(8, 500)],
    ["temperature_outer", "Cel", signed(9, 100)],
    ["max_voltage", "V", signed(10, 1000)],
    ["min_voltage", "V", signed(11, 1000)],
    ["diagnostic", "1", long(12)],
    ["upstream_tmax_outer", "s", word(14, 500)],
    ["upstream_tmax_inner", "s", word(15, 500)],
  ],
};

export const indoor: readonly Group[] = [
  battery,
  sht3x("air_temperature", "air_humidity"),
  { words: 1, values: [["barometric_pressure", "Pa", (x) => wordAt(x, 0) * 2]] },
  {
    words: 2,
    values: [
      ["ambient_light_visible_infrared", "1", word(0)],
      ["ambient_light_infrared", "1", word(1)],
      [
        "illuminance",
        "lx",
        ([all = 0, infrared = 0]) => Math.max(all - 1.64 * infrared, 0.59 * all - 0.86 * infrared, 0) * 1.5504,
      ],
    ],
  },
  {
    words: 3,
    values: [
      ["co2_concentration", "[ppm]", signed(0)],
      ["co2_sensor_status", "1", word(1)],
      ["raw_ir_reading", "1", word(2)],
    ],
  },
  { words: 1, values: [["activity_counter", "1", word(0)]] },
  { words: 1, values: [["total_voc", "[ppb]", word(0)]] },
];

/** Sensirion SHT2x (data sheet SHT25, section 6), barometer and the LP8 carbon dioxide sensor. */
export const carbonDioxide: readonly Group[] = [
  {
    words: 2,
    values: [
      ["air_temperature", "Cel", (x) => (175.72 * wordAt(x, 0)) / 65_536 - 46.85],
      ["air_humidity", "%", (x) => (125 * wordAt(x, 1)) / 65_536 - 6],
    ],
  },
  {
    words: 2,
    values: [
      ["barometer_temperature", "Cel", (x) => (wordAt(x, 0) - 5000) / 100],
      ["barometric_pressure", "Pa", (x) => wordAt(x, 1) * 2],
    ],
  },
  {
    words: 8,
    values: [
      ["co2_concentration", "[ppm]", signed(0)],
      ["co2_concentration_lpf", "[ppm]", signed(1)],
      ["co2_sensor_temperature", "Cel", signed(2, 100)],
      ["capacitor_voltage_1", "V", word(3, 1000)],
      ["capacitor_voltage_2", "V", word(4, 1000)],
      ["co2_sensor_status", "1", word(5)],
      ["raw_ir_reading", "1", word(6)],
      ["raw_ir_reading_lpf", "1", word(7)],
    ],
  },
  battery,
];
