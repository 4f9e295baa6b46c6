import { effect } from '../effect.ts';
import type { CommandRule } from '../rule.ts';

const nothing: CommandRule = (command) => effect('neutral', `${command.name} leaves nothing behind`);

const words = (...lines: string[]) => lines.flatMap((line) => line.split(' '));

/** Steer the shell, or change what only it knows. */
const SHELL = words(
  ': [ [[ alias bg break builtin cd command compgen complete continue declare dirs disown enable exit export false fg getopts',
  'hash history jobs let local mapfile popd pushd read readarray readonly return set shift shopt test times trap true type typeset',
  'ulimit umask unalias unset wait deactivate',
);

/** Only look at files and print. */
const READERS = words(
  'base32 base64 basename bzcat bzgrep cat checksec cksum cmp column comm cut diff dirname du egrep envsubst expand fgrep file fold grep hd head',
  'hexdump iconv join jq less ldd lddtree look lzcat md5 md5sum more msgcat nl nm objdump od openssl-config paste pr readelf readlink',
  'realpath rev rg scanelf sha1sum sha224sum sha256sum sha384sum sha512sum shasum size b2sum stat strings sum tac tail tr tree tsort uniq',
  'wc xmllint xxd xzcat yq zcat zgrep zipinfo zless zstdcat c++filt addr2line getfattr lsattr',
);

/** Only look at the system, or do something to what runs now. */
const LOOKERS = words(
  'apache2-version arch bc cal clear curl-config date df dig dmesg dnsdomainname dpkg-architecture dpkg-query echo expr factor free',
  'getconf getent getcap getfacl groups host hostid hostname hostnamectl id ifconfig ip kill killall locale logger logname ls lsb_release lscpu lsmod',
  'lsof lspci lsusb mysql_config nc ncat netstat nmap nproc nslookup numfmt pathchk pg_config pgrep php-config ping pkg-config pkgconf pkill',
  'printenv printf ps pwd rpm2cpio seq shuf sleep ss sync sysctl tput true tty uname uptime users uuidgen visudo wait-for-it which whereis who',
  'whoami whatis xdpyinfo yes nvidia-smi free lsblk blkid top vmstat gpgconf gpgv gpg-agent dirmngr ssh-keyscan ssh-agent ssh-add',
  'getopt hwclock llvm-config xcode-select cpuid git-describe ab siege shellcheck yamllint markdownlint hadolint',
);

/** Commands that only look, or that steer the shell; what they print into a file is the redirect's effect. */
export const control: Record<string, CommandRule> = Object.fromEntries([...SHELL, ...READERS, ...LOOKERS].map((name) => [name, nothing]));
