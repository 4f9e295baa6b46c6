const { Parser } = require("node-expat");

/** What is wrong with some XML, if anything is. */
export function problem(xml: string): string | undefined {
  const parser = new Parser("UTF-8");
  return parser.parse(xml, true) ? undefined : parser.getError();
}
