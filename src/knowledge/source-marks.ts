import { loadTable } from './load.ts';
import { remember } from './remember.ts';

/** Patterns of a family of languages, by which a source says what its program needs. */
export interface SourceMarks {
  /** It starts programs that it computes. */
  computes: RegExp;
  /** It loads libraries by name, or needs more of its platform than the smallest image has. */
  loads: RegExp;
  /** It talks to others over TLS. */
  network: RegExp;
  /** It hands a command line to a shell; the literal follows. */
  starts: RegExp;
}

type MarkTable = Record<string, Record<keyof SourceMarks | 'extensions', string>>;

/** The patterns for a file by its extension (without the dot); undefined for one that no table knows. From source-marks.json. */
export const sourceMarks: (extension: string) => SourceMarks | undefined = remember((extension) => {
  const found = Object.values(loadTable<MarkTable>('source-marks')).find(({ extensions }) => extensions.split(' ').includes(extension));
  return (
    found && { computes: new RegExp(found.computes), loads: new RegExp(found.loads), network: new RegExp(found.network), starts: new RegExp(found.starts, 'g') }
  );
});
