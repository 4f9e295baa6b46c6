import { posix } from 'node:path';
import type { Facts } from '../../languages/language.ts';
import type { Build } from './builds.ts';
import { linksToItself } from './links.ts';

/** Crates without which no Rust program speaks TLS: https://lib.rs/keywords/tls */
const TLS_CRATE = /^name = "(native-tls|rustls|openssl(-sys)?|boring(-sys)?|s2n-tls(-sys)?|mbedtls|schannel|wolfssl(-sys)?|curl(-sys)?|gnutls(-sys)?)"$/m;

/**
 * Whether what is built may talk to others over TLS, so that it needs the certificates that the old image had. It cannot where
 * compilers link it to nothing but the C and C++ library, or no crate that it is made of speaks TLS.
 */
export function mayUseTls(facts: Facts, builds: readonly Build[]): boolean {
  return builds.some((build) => {
    const name = posix.basename(build.effect.command?.name ?? '');
    if (name === 'cargo') return crateMayUseTls(facts);
    return name !== 'rustc' && !linksToItself(build);
  });
}

function crateMayUseTls({ context }: Facts): boolean {
  const files = context.files() ?? [];
  const locks = files.filter((file) => posix.basename(file) === 'Cargo.lock');
  if (locks.length > 0) return locks.some((file) => TLS_CRATE.test(context.read(file) ?? ''));
  const manifests = files.filter((file) => posix.basename(file) === 'Cargo.toml');
  return manifests.length === 0 || manifests.some((file) => /^\[(?:[\w.'"()=-]+\.)?dependencies[^\]]*\]\s*\n\s*[^[\s#]/m.test(context.read(file) ?? ''));
}
