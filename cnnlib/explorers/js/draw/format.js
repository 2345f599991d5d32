// Numbers as readers see them: a real minus sign, thousands separated, units.

/** A number with a real minus sign. */
export const signed = (value) => String(value).replace("-", "−");

/** A number short enough for a cell: .25, −1.5. */
export const short = (value, digits = 2) => signed(Number(value.toFixed(digits))).replace(/^(−?)0\./, "$1.");

/** A number in words as a term or a factor: a negative one in parentheses. */
export const enclosed = (text) => (text.startsWith("−") ? `(${text})` : text);

/** 25,557,032. */
export const whole = (value) => signed(value.toLocaleString("en"));

/** "1 map", "2,000 maps". */
export const plural = (count, thing) => `${whole(count)} ${thing}${count === 1 ? "" : "s"}`;

/** Three significant digits, thousands separated. */
export const three = (value) => Number(value.toPrecision(3)).toLocaleString("en");

const PREFIXES = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""]];

/** 25,557,032 as "25.6 M"; with the unit "B", "25.6 MB". */
export function brief(value, unit = "") {
  const [size, prefix] = PREFIXES.find(([least]) => value >= least) ?? [1, ""];
  return `${Number((value / size).toPrecision(3))} ${prefix}${unit}`.trim();
}

/** 565,613,600 as "566 MB (539 MiB)". */
export function bytes(value) {
  const power = value >= 1e9 ? 3 : value >= 1e6 ? 2 : 1;
  return `${three(value / 1000 ** power)} ${" kMG"[power]}B (${three(value / 1024 ** power)} ${" KMG"[power]}iB)`;
}

/** A time with its unit: "1.2 ms". */
export function time(seconds) {
  const [size, unit] = [[1, "s"], [1e-3, "ms"], [1e-6, "µs"]].find(([least]) => seconds >= least) ?? [1e-9, "ns"];
  return `${Number((seconds / size).toPrecision(3))} ${unit}`;
}

/** A share from 0 to 1 as "12 %". */
export const percent = (share) => `${Math.round(100 * share)} %`;

/** A whole number as an exponent. */
export const raised = (power) => [...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]).join("");

/** A number from 0 on, however small or large, with so many significant digits: 65,504, 5.96·10⁻⁸. */
export function scientific(value, digits = 6) {
  if (value === Infinity) return "infinite";
  if (value === 0 || (value >= 1e-4 && value < 1e7)) return value.toLocaleString("en", { maximumSignificantDigits: digits });
  const [mantissa, power] = value.toExponential(Math.min(digits, 3) - 1).split("e");
  return `${Number(mantissa) === 1 ? "" : `${Number(mantissa)}·`}10${raised(Number(power))}`;
}
