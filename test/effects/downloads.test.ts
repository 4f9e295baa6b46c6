import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('downloads and repositories', () => {
  it.each([
    ['curl -sSLo /opt/a https://a.example/a', 'both download /opt/a'],
    ['curl -o a https://x/a -o b https://x/b', 'both download /src/a /src/b'],
    ['curl -fsSLO https://a.example/d/a.tgz', 'both download /src/a.tgz'],
    ['curl -LOs https://a.example/a.tgz?x=1', 'both download /src/a.tgz'],
    ['curl -OJ https://a.example/a', 'unknown'],
    ['curl -o a.tgz -LJO $URL', 'both download /src/a.tgz'],
    ['curl https://a.example', 'neutral'],
    ['curl -d @x -X POST https://a.example', 'neutral'],
    ['curl --create-dirs --output-dir /opt -O https://a.example/a', 'both download /opt/a'],
    ['wget -q https://a.example/a.tgz', 'both download /src/a.tgz'],
    ['wget -qO- https://a.example/a', 'neutral'],
    ['wget -O /opt/a https://a.example', 'both download /opt/a'],
    ['wget -nv -P /opt https://a.example/a https://a.example/b', 'both download /opt/a /opt/b'],
    ['wget https://a.example/a?x=1', 'both download /src/a?x=1'],
    ['wget -i list.txt', 'unknown'],
    ['wget -N https://a.example/${V}/a.tgz', 'both download /src/a.tgz'],
    ['wget https://a.example/a-${V}.tgz', 'unknown'],
    ['wget --no-check-certificate --content-disposition https://a.example/a', 'unknown'],
    ['wget -r https://a.example/d', 'both download /src/'],
    ['aria2c -d /opt -o a https://a.example/b', 'both download /opt/a'],
  ])('downloads: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['git clone --depth 1 -b v1 https://a.example/b.git', 'both download /src/b/'],
    ['git clone https://a.example/b.git /opt/b', 'both download /opt/b/'],
    ['git clone https://a.example/$O/b.git', 'both download /src/b/'],
    ['git clone $URL', 'unknown'],
    ['git clone --recursive git@a.example:o/b', 'both download /src/b/'],
    ['git clone --bare https://a.example/b', 'both download /src/b.git/'],
    ['cd b && git checkout v1', 'both download /src/b/'],
    ['git -C /opt/b submodule update --init', 'both download /opt/b/'],
    ['git submodule update --init --recursive', 'both download /src/'],
    ['git fetch --all', 'both git-records /src/.git/!'],
    ['git config --global user.name x', 'both git-config'],
    ['git lfs install', 'both git-config'],
    ['git describe --tags', 'neutral'],
    ['git apply a.patch', 'both download /src/'],
    ['git reset --hard v1', 'both download /src/'],
    ['cd / && git pull', 'unknown'],
    ['git init', 'both download /src/'],
    ['git remote add a https://a.example/b', 'both git-records /src/.git/!'],
    ['svn co https://a.example/trunk a', 'both download /src/a/'],
    ['svn export --force https://a.example/trunk /opt/a', 'both download /opt/a/'],
    ['hg clone https://a.example/b', 'both download /src/b/'],
    ['hg update v1', 'both download /src/'],
    ['bzr branch lp:a', 'both download /src/a/'],
    ['rsync -a src/ /opt/a', 'both copy /opt/a/'],
    ['rsync -av dir /opt', 'both copy /opt/dir/'],
    ['rsync -a host:dir /opt', 'both download /opt/dir/'],
  ])('repositories: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
