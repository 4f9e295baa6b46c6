import yargs from 'yargs';
import { epilogue, examples, optionTable, usage } from './options.ts';

/** The text of `--help`. */
export function helpText(): Promise<string> {
  return yargs()
    .scriptName('restage')
    .detectLocale(false)
    .help(false)
    .version(false)
    .usage(usage)
    .options(optionTable)
    .example(examples.map(([command, text]): [string, string] => [command, text]))
    .epilogue(epilogue)
    .wrap(110)
    .getHelp();
}
