import ms = require("ms");

/** Says a time the long way: 90 minutes as "2 hours". */
export function spell(milliseconds: number): string {
  return ms(milliseconds, { long: true });
}
