import { describe, expect, it } from '@jest/globals';
import { describeGoModule, importsNetwork, isStandardPackage } from '../../src/knowledge/go-modules.ts';
import { describeNpmPackage } from '../../src/knowledge/npm-packages.ts';
import { describePythonPackage } from '../../src/knowledge/python-packages.ts';

describe('packages of languages', () => {
  it('finds a Python package by any spelling', () => {
    expect(describePythonPackage('Python_Magic')).toEqual({ loads: ['libmagic-dev'], pure: true });
    expect(describePythonPackage('psycopg2')?.links).toEqual(['libpq-dev']);
    expect(describePythonPackage('psycopg2-binary')).toEqual({ wheel: true });
    expect(describePythonPackage('unheard-of')).toBeUndefined();
  });

  it('finds an npm package', () => {
    expect(describeNpmPackage('sharp')).toEqual({ native: true, prebuilt: true });
    expect(describeNpmPackage('@prisma/client')?.programs).toEqual(['openssl']);
    expect(describeNpmPackage('constructor')).toBeUndefined();
  });

  it('finds a Go module by the longest path', () => {
    expect(describeGoModule('github.com/mattn/go-sqlite3')?.cgo).toBe(true);
    expect(describeGoModule('github.com/ClickHouse/clickhouse-go/v2')?.needs).toContain('zones');
    expect(describeGoModule('github.com/google/gopacket')).toBeUndefined();
    expect(describeGoModule('github.com/google/gopacket/pcap')?.links).toEqual(['libpcap-dev']);
  });

  it('names Python as npm packages start it', () => {
    for (const name of ['python-shell', 'pythonia', 'youtube-dl-exec', 'yt-dlp-exec', 'yt-dlp-wrap'])
      expect(describeNpmPackage(name)?.programs).toContain('python3');
  });

  it('knows which standard packages are linked to libc', () => {
    expect(['net/http', 'os/user', 'crypto/x509'].every(importsNetwork)).toBe(true);
    expect(['fmt', 'encoding/json', 'os/exec'].some(importsNetwork)).toBe(false);
    expect(isStandardPackage('log/slog')).toBe(true);
  });
});
