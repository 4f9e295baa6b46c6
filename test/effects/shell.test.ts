import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('the shell', () => {
  it.each([
    ['set -eux', 'neutral'],
    ['eval "make -C lib"', 'build compile /src/lib/'],
    ['eval $(opam env)', 'neutral'],
    ['eval "$(cat x)"', 'unknown'],
    ['alias a=b', 'neutral'],
    ['bash -lc "make"', 'build compile /src/'],
    ['sh -x -c "touch a"', 'both /src/a'],
    ['bash -eo pipefail -c "touch a"', 'both /src/a'],
    ['bash -c "$(cat x)"', 'unknown'],
    ['timeout 30 make', 'build compile /src/'],
    ['timeout -k 5 10s make', 'build compile /src/'],
    ['xvfb-run -a -s "-screen 0" make', 'build compile /src/'],
    ['nice -n 10 make', 'build compile /src/'],
    ['env -u X A=b make', 'build compile /src/'],
    ['time make', 'build compile /src/'],
    ['command -v git', 'neutral'],
    ['f() { touch /opt/$1; }; f a', 'unknown'],
    ['f() { touch /opt/a; }; f', 'both /opt/a'],
    ['f() { cd /opt; }; f', 'unknown'],
    ['. /etc/os-release && echo $ID', 'neutral'],
    ['. ~/.bashrc', 'neutral'],
    ['. ~/.nvm/nvm.sh && npm i -g x', 'unknown | unknown'],
    ['nohup make', 'build compile /src/'],
    ['scl enable devtoolset-7 make', 'build compile /src/'],
    ['scl enable rh-python36 "pip install x"', 'unknown'],
    ['while read l; do echo $l; done', 'neutral'],
    ['getopts a b', 'neutral'],
    ['exec make', 'build compile /src/'],
    ['a=$(mktemp -d) && rm -rf "$a"', 'both remove /!'],
  ])('control and what runs other commands: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
