export function packageRole(_manager: string, name: string): string { return /-dev$|^gcc|^build-|^make|^g\+\+|^golang/.test(name) ? 'build' : /^(git|curl|wget)$/.test(name) ? 'tool' : 'unknown'; }
export function runtimeLibraries(_manager: string, name: string, _release: string): string[] | undefined { return name === 'libpq-dev' ? ['libpq5'] : undefined; }
