import { loadTable } from './load.ts';

/**
 * A library in the text of a pom.xml or a build.gradle that compiles Java, or attaches to it, while it runs: a JRE has neither
 * compiler nor attach API. As `group:artifact`; undefined where none is named. From java-libraries.json.
 */
export function libraryForJdk(manifest: string): string | undefined {
  const dependencies = manifest.split('<dependency>');
  const { needsJdk } = loadTable<{ needsJdk: string }>('java-libraries');
  return needsJdk.split(' ').find((library) => {
    const [group = '', artifact = ''] = library.split(':');
    return manifest.includes(library) || dependencies.some((part) => part.includes(`<groupId>${group}`) && part.includes(`<artifactId>${artifact}`));
  });
}
