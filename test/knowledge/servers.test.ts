import { describe, expect, it } from '@jest/globals';
import { compilesAtRunTime, serverFacts } from '../../src/knowledge/servers.ts';

describe('serverFacts', () => {
  it.each([
    ['nginx', ['/etc/nginx'], false],
    ['/usr/sbin/sshd', ['/etc/ssh'], false],
    ['php-fpm8.2', ['/etc/php', '/usr/local/etc', '/etc/php-fpm.conf', '/etc/php-fpm.d'], false],
    ['tini', [], true],
  ])('%s reads %j, starts others: %s', (program, configuration, wraps) => {
    expect(serverFacts(program)).toEqual({ configuration, wraps });
  });

  it.each(['uwsgi', 'supervisord', 'python3', './server', 'constructor'])('does not know %s', (program) => {
    expect(serverFacts(program)).toBeUndefined();
  });
});

describe('compilesAtRunTime', () => {
  it.each(['distccd', '/opt/varnish/sbin/varnishd', 'gcc', 'g++-12', '/usr/bin/clang-14', 'verilator'])('%s starts a compiler', (program) => {
    expect(compilesAtRunTime(program)).toBe(true);
    expect(serverFacts(program)).toBeUndefined();
  });

  it.each(['nginx', './server', 'clang-format', 'constructor'])('%s does not', (program) => {
    expect(compilesAtRunTime(program)).toBe(false);
  });
});
