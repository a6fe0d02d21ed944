const toFahrenheit = (celsius: number) => celsius * 1.8 + 32;
const toCelsius = (fahrenheit: number) => (fahrenheit - 32) / 1.8;

/**
 * Heat index in °C from air temperature in °C and relative humidity in percent: what the shade feels like. Steadman's simple
 * formula below 80 °F, above it the regression of Rothfusz with its two adjustments, as the US National Weather Service uses
 * them (Technical Attachment SR 90-23, 1990, and its heat index equation page). Below about 25 °C it is near the temperature.
 */
export function heatIndex(celsius: number, humidity: number): number {
  const t = toFahrenheit(celsius);
  const simple = 0.5 * (t + 61 + 1.2 * (t - 68) + 0.094 * humidity);
  if ((simple + t) / 2 < 80) return toCelsius(simple);
  const r = humidity;
  const regression =
    -42.379 +
    2.04901523 * t +
    10.14333127 * r -
    0.22475541 * t * r -
    0.00683783 * t ** 2 -
    0.05481717 * r ** 2 +
    0.00122874 * t ** 2 * r +
    0.00085282 * t * r ** 2 -
    0.00000199 * t ** 2 * r ** 2;
  return toCelsius(regression + adjustment(t, r));
}

/** Dry heat feels less, damp warmth a little more than the regression says; °F. */
function adjustment(t: number, r: number): number {
  if (r < 13 && t >= 80 && t <= 112) return -((13 - r) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17);
  if (r > 85 && t >= 80 && t <= 87) return ((r - 85) / 10) * ((87 - t) / 5);
  return 0;
}
