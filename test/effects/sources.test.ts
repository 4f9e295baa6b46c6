import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('where packages come from', () => {
  it.each([
    ['add-apt-repository -y ppa:a/b', 'runtime package-source'],
    ['apt-key adv --keyserver hkp://a.example:80 --recv-keys ABC', 'runtime package-source'],
    ['curl -fsSL https://a.example/key | apt-key add -', 'runtime package-source'],
    ['echo "deb https://a.example stable main" > /etc/apt/sources.list.d/a.list', 'runtime package-source /etc/apt/sources.list.d/a.list'],
    ['echo "deb x" | tee -a /etc/apt/sources.list', 'runtime package-source /etc/apt/sources.list!'],
    ['curl -fsSL https://a.example/key | gpg --dearmor -o /usr/share/keyrings/a.gpg', 'runtime package-source /usr/share/keyrings/a.gpg'],
    [
      'curl https://a.example/key | gpg --dearmor > a.gpg && mv a.gpg /etc/apt/trusted.gpg.d/a.gpg',
      'runtime package-source /src/a.gpg | runtime package-source /etc/apt/trusted.gpg.d/a.gpg/',
    ],
    ['wget -O /etc/yum.repos.d/a.repo https://a.example/a.repo', 'runtime package-source /etc/yum.repos.d/a.repo'],
    ['sed -i "s/archive/mirror/" /etc/apt/sources.list', 'runtime package-source /etc/apt/sources.list!'],
    ['dpkg --add-architecture i386', 'runtime package-source'],
    ['rpm --import https://a.example/key', 'runtime package-source'],
    ['rpm -Uvh https://a.example/a.rpm', 'runtime package-source'],
    ['echo http://a.example/edge >> /etc/apk/repositories', 'runtime package-source /etc/apk/repositories!'],
    ['gpg --keyserver a.example --recv-keys ABC && gpg --batch --verify a.asc a', 'neutral'],
    ['gpg --output a.key --dearmor a.asc', 'both copy /src/a.key'],
    ['wget https://a.example/a.deb && dpkg -i a.deb && rm a.deb', 'runtime package-file /src/a.deb | runtime package-file | runtime package-file /src/a.deb/!'],
    ['dpkg -i /files/a.deb', 'unknown package-file'],
    ['curl -o /tmp/b.deb https://a.example/b.deb && apt-get install -y /tmp/b.deb', 'runtime package-file /tmp/b.deb | runtime package-file'],
    ['dpkg -x a.deb /opt/a', 'both download /opt/a/'],
    ['dpkg --configure -a', 'runtime apt-fix'],
    ['rpm -qa', 'neutral'],
    ['gdebi -n a.deb', 'unknown package-file'],
  ])('keys, lists and package files: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
