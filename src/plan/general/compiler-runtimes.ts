import { oncePer } from '../../effects/once.ts';
import type { Facts } from '../../languages/language.ts';

/**
 * Flags by which a compiler links programs to a library of its own that no image has without the compiler: those of sanitizers, of
 * transactional memory and of long floating point numbers (https://gcc.gnu.org/onlinedocs/gcc/Instrumentation-Options.html), and what
 * writes them in the words of a build system.
 */
const OWN_LIBRARIES =
  /-fsanitize\b|-shared-lib[al]san\b|-fgnu-tm\b|-fcilkplus\b|-l(?:asan|hwasan|lsan|tsan|ubsan|itm|quadmath|cilkrts|mpx)\b|\bb_sanitize\b|\bquadmath\b|\b(?:sanitize_(?:address|thread|undefined|leak)|(?:ENABLE|USE|WITH)_(?:ASAN|UBSAN|TSAN|LSAN|SANITIZERS?))\b/;

const BUILD_FILES =
  /(^|\/)(GNUmakefile|[Mm]akefile[^/]*|CMakeLists\.txt|CMakePresets\.json|configure(\.ac|\.in)?|meson\.build|meson_options\.txt|SConstruct|SConscript|wscript|BUILD(\.bazel)?|\.bazelrc|build\.ninja|Jamfile|xmake\.lua|premake\d?\.lua)$|\.(mk|mak|am|cmake|pro|pri|gyp|gypi|sh|bash|ninja|flags)$/;

/** Whether a command, a variable or a build file of the context asks for such a library. */
export const usesCompilerRuntime: (facts: Facts) => boolean = oncePer(({ source, context }: Facts): boolean => {
  if (source.instructions.some(({ text }) => OWN_LIBRARIES.test(text))) return true;
  const files = context.files()?.filter((file) => BUILD_FILES.test(file));
  return files?.some((file) => OWN_LIBRARIES.test(context.read(file) ?? '')) ?? true;
});
