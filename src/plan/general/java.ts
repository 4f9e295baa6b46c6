import { posix } from 'node:path';
import { libraryForJdk } from '../../knowledge/java-libraries.ts';
import type { Facts } from '../../languages/language.ts';

const MANIFEST = /^(pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml|build\.sbt|project\.clj)$/;

/** Whether a library that the build takes in compiles Java, or attaches to it, while it runs: a JRE does not serve then. */
export function needsJdk({ context }: Facts): boolean {
  const manifests = (context.files() ?? []).filter((file) => MANIFEST.test(posix.basename(file)));
  return manifests.some((file) => libraryForJdk(context.read(file) ?? '') !== undefined);
}
