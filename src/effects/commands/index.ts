import type { CommandRule } from '../rule.ts';
import { archives } from './archives.ts';
import { builders } from './builders.ts';
import { compilers } from './compile.ts';
import { condaRules } from './conda.ts';
import { configuring } from './configure.ts';
import { control } from './control.ts';
import { dnfRules } from './dnf.ts';
import { dotnetRules } from './dotnet.ts';
import { downloads } from './downloads.ts';
import { files } from './files.ts';
import { functional } from './functional.ts';
import { generators } from './generators.ts';
import { jvm } from './jvm.ts';
import { packageFiles } from './package-files.ts';
import { packages } from './packages.ts';
import { perlRules } from './perl.ts';
import { phpRules } from './php.ts';
import { pluginRules } from './plugins.ts';
import { rRules } from './r.ts';
import { repositories } from './repositories.ts';
import { rubyRules } from './ruby.ts';
import { search } from './search.ts';
import { servers } from './servers.ts';
import { system } from './system.ts';
import { text } from './text.ts';
import { users } from './users.ts';
import { versionRules } from './versions.ts';

/** The rules of the general commands, by the command's name. */
export const commandRules: Record<string, CommandRule> = {
  ...{ ...control, ...text, ...files, ...search, ...archives, ...downloads, ...repositories, ...generators },
  ...{ ...packages, ...dnfRules, ...packageFiles, ...system, ...servers, ...users },
  ...{
    ...configuring,
    ...compilers,
    ...builders,
    ...jvm,
    ...dotnetRules,
    ...functional,
    ...phpRules,
    ...rubyRules,
    ...perlRules,
    ...rRules,
    ...condaRules,
    ...versionRules,
    ...pluginRules,
  },
};
