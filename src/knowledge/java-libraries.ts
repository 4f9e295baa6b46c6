import { loadTable } from './load.ts';

/**
 * A library in the text of a pom.xml or a build.gradle that compiles Java, or attaches to it, while it runs: a JRE has neither
 * compiler nor attach API. As `group:artifact`; undefined where none is named. From java-libraries.json.
 */
export function libraryForJdk(manifest: string): string | undefined {
  return loadTable<{ needsJdk: string }>('java-libraries')
    .needsJdk.split(' ')
    .find((library) => {
      const [group = '', artifact = ''] = library.split(':');
      const maven = manifest.split('<dependency>').some((part) => part.includes(`<groupId>${group}`) && part.includes(`<artifactId>${artifact}`));
      return maven || manifest.includes(library);
    });
}
