import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('package managers', () => {
  it.each([
    [
      'apt-get update && apt-get install -y --no-install-recommends gcc make=4.* && rm -rf /var/lib/apt/lists/*',
      'neutral apt-update | both apt-install apt:gcc,make=4.* | both remove /var/lib/apt/lists/*/!',
    ],
    ['apt-get -qq -o Dpkg::Use-Pty=0 install -y -t stretch-backports git', 'both apt-install apt:git'],
    ['apt-get install -y php7.0-*', 'both apt-install apt:php7.0-*'],
    ['apt install -y ./tool.deb', 'unknown package-file'],
    ['apt-get install -y $PACKAGES', 'unknown'],
    [
      'PACKAGES="gcc make" && apt-get install -y $PACKAGES && apt-get purge -y --auto-remove $PACKAGES',
      'both apt-install apt:gcc,make | both apt-remove apt:gcc,make',
    ],
    ['if [ -n "$X" ]; then apt-get install -y git; fi', 'unknown apt-install apt:git'],
    ['apt-get build-dep -y python3', 'build apt-build-dep'],
    ['apt-get -y -f install', 'runtime apt-fix'],
    ['apt-get dist-upgrade -y', 'runtime apt-upgrade'],
    ['apt-get autoremove -y && apt-get clean', 'neutral apt-autoremove | neutral apt-clean'],
    ['aptitude install -y vim', 'both apt-install apt:vim'],
    ['install_packages curl', 'both apt-install apt:curl'],
    ['echo "mysql-server mysql-server/root_password password x" | debconf-set-selections', 'neutral apt-answers'],
    ['apt-mark auto ".*" > /dev/null', 'neutral'],
    ['apt-get source nginx', 'build download /src/'],
    ['eatmydata apt-get install -y git', 'both apt-install apt:git'],
    ['sudo apt-get install -y git', 'both apt-install apt:git'],
  ])('apt: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['apk add --no-cache --virtual .build gcc musl-dev && apk del .build', 'both apk-install apk:gcc,musl-dev group=.build | both apk-remove apk:.build'],
    ['apk --update add -t .deps git', 'both apk-install apk:git group=.deps'],
    ['apk add --no-cache --repository https://a.example/edge/testing tini', 'both apk-install apk:tini'],
    ['apk add ./glibc.apk', 'unknown package-file'],
    ['apk -U upgrade', 'runtime apk-upgrade'],
    ['apk update', 'neutral apk-update'],
    ['apk info -e git', 'neutral'],
    ['apk add --root /rootfs busybox', 'unknown'],
  ])('apk: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['yum -y install epel-release && yum clean all', 'both dnf-install dnf:epel-release | neutral dnf-clean'],
    ['yum install -y https://a.example/epel-release-latest-7.noarch.rpm', 'runtime package-source'],
    ['yum -y groupinstall "Development Tools"', 'both dnf-install dnf:@development-tools'],
    ['dnf group install -y development', 'both dnf-install dnf:@development'],
    ['dnf -y module enable nodejs:14', 'runtime package-source'],
    ['dnf module install -y nodejs:14', 'both dnf-install dnf:@nodejs:14'],
    ['yum update -y', 'runtime dnf-upgrade'],
    ['yum localinstall -y /tmp/a.rpm', 'unknown package-file'],
    ['microdnf install -y --nodocs git', 'both dnf-install dnf:git'],
    ['tdnf install -y gcc', 'both dnf-install dnf:gcc'],
    ['yum-config-manager --add-repo https://a.example/a.repo', 'runtime package-source'],
    ['dnf config-manager --set-enabled crb', 'runtime package-source'],
    ['dnf builddep -y a.spec', 'build dnf-build-dep'],
    ['yum -y remove gcc', 'both dnf-remove dnf:gcc'],
    ['yum makecache fast', 'neutral dnf-update'],
    ['dnf --installroot /mnt install bash', 'unknown'],
    ['zypper -n --gpg-auto-import-keys in -y gcc make', 'both zypper-install zypper:gcc,make'],
    ['zypper install -t pattern devel_basis', 'both zypper-install zypper:@devel_basis'],
    ['zypper ar https://a.example/a a', 'runtime package-source'],
    ['zypper refresh', 'neutral zypper-update'],
    ['pacman -Syu --noconfirm git', 'both pacman-install pacman:git'],
    ['pacman -Scc --noconfirm', 'neutral pacman-clean'],
    ['pacman -Rns --noconfirm gcc', 'both pacman-remove pacman:gcc'],
    ['pacman -Sy', 'neutral pacman-update'],
    ['pacman -U --noconfirm a.pkg.tar.xz', 'unknown package-file'],
    ['pacman-key --init', 'runtime package-source'],
  ])('dnf, zypper and pacman: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
