// The official images whose tags have a table.

/** Described by their own words and base-directories.json. */
export const plain = ['alpine', 'buildpack-deps', 'busybox', 'debian', 'golang', 'nginx', 'node', 'python', 'ubuntu'];

/** Described by what the Dockerfile of each tag was made of. */
export const built = [
  ['almalinux', 'amazoncorretto', 'amazonlinux', 'archlinux', 'bash', 'caddy', 'centos', 'clojure', 'composer', 'dart', 'docker', 'eclipse-temurin'],
  ['elixir', 'erlang', 'fedora', 'gcc', 'ghost', 'gradle', 'groovy', 'haproxy', 'haskell', 'httpd', 'java', 'jenkins', 'jetty', 'jruby', 'julia'],
  ['mariadb', 'maven', 'memcached', 'mongo', 'mono', 'mysql', 'nextcloud', 'openjdk', 'opensuse', 'oraclelinux', 'perl', 'photon', 'php', 'postgres'],
  ['pypy', 'r-base', 'rabbitmq', 'redis', 'rockylinux', 'ruby', 'rust', 'swift', 'tomcat', 'traefik', 'wordpress'],
].flat();
