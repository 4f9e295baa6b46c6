export function describeGoModule(path: string): { cgo?: true; needs?: string[]; programs?: string[]; files?: string[] } | undefined { return path === 'github.com/mattn/go-sqlite3' ? { cgo: true } : path === 'github.com/joho/godotenv' ? { files: ['.env'] } : undefined; }
export function importsNetwork(path: string): boolean { return /^net(\/|$)|os\/user|crypto\/tls|crypto\/x509/.test(path); }
