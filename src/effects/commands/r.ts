import type { Effect } from '../../types.ts';
import { effect, hasOption, looks, operands, type RunScope, worksIn } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const INSTALLS =
  /^(install\.packages|(devtools|remotes|pak|renv|BiocManager|BiocInstaller|pacman|githubinstall|versions|checkpoint)::?:?\w+|biocLite|update\.packages|install_(github|version|cran|url|bioc|git)|source|library|require|options|suppress\w+|setRepositories|chooseCRANmirror|IRkernel::installspec|tinytex::\w+|webshot::\w+|update_packages|r|repos|print|cat|quit|q|rmarkdown::\w+|available\.packages|installed\.packages|keras::install_keras|reticulate::\w+)\s*(\(|<-|=)/;

/** R code that installs packages and does nothing else. */
function rCode(text: string): Effect | undefined {
  const flat = text.replace(/\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)/g, '()');
  const calls = flat
    .split(/[;\n{}]/)
    .map((part) => part.trim())
    .filter(Boolean);
  // A script of the image's own, or a file that is written, may be anything.
  if (/\bsource\(\s*["'](?!https?:)|\bfile\s*=/.test(text)) return undefined;
  if (calls.length === 0 || !calls.every((call) => INSTALLS.test(call) || /^(if|for|else|stopifnot|\w+ *<-)/.test(call))) return undefined;
  return /install|biocLite|update|pak|renv|restore/i.test(text)
    ? effect('runtime', 'installs R packages', { action: 'r-install', compiles: true })
    : effect('neutral', 'R only looks');
}

/** R, Rscript, r: code that installs packages; `R CMD INSTALL` of an address. */
const r: CommandRule = (command, scope: RunScope) => {
  const [first, second] = operands(command, ['-e', '-f', '--file']);
  if (hasOption(command, '--version')) return looks(command);
  if (first?.value === 'CMD') {
    if (second?.value === 'javareconf') return effect('runtime', 'tells R of Java', { action: 'r-configure' });
    return /^(build|check|BATCH|COMPILE|SHLIB)$/.test(second?.value ?? '') ? worksIn(command.cwd, 'builds an R package', 'compile') : undefined;
  }
  const codes = command.args.flatMap((word, at) => (word.value === '-e' ? (command.args[at + 1]?.value ?? '') : []));
  const piped = scope.input?.findLast((one) => one.name === 'echo' || one.name === 'printf');
  if (codes.length === 0 && !first && piped)
    return rCode(
      operands(piped, [])
        .map((word) => word.value)
        .join('\n'),
    );
  return codes.length === 0 ? undefined : rCode(codes.join('\n'));
};

/** littler's install2.r, installGithub.r and the like. */
const littler: CommandRule = () => effect('runtime', 'installs R packages', { action: 'r-install', compiles: true });

/** R and its scripts that install packages. */
export const rRules: Record<string, CommandRule> = {
  ...{ R: r, Rscript: r, r },
  ...Object.fromEntries(['install2.r', 'installGithub.r', 'installBioc.r', 'install.r', 'installDeps.r'].map((name) => [name, littler])),
};
