import { describe, expect, it } from '@jest/globals';
import { told } from './label.ts';

describe('the system and its servers', () => {
  it.each([
    ['ldconfig', 'runtime'],
    ['ldconfig -p', 'neutral'],
    ['locale-gen en_US.UTF-8', 'runtime'],
    ['localedef -i en_US -f UTF-8 en_US.UTF-8', 'runtime'],
    ['update-locale LANG=C', 'runtime'],
    ['update-alternatives --install /usr/bin/python python /usr/bin/python3 1', 'runtime alternatives'],
    ['update-alternatives --set php /usr/bin/php7', 'runtime alternatives'],
    ['alternatives --display java', 'neutral'],
    ['update-ca-certificates', 'runtime certificates'],
    ['update-ca-trust extract', 'runtime certificates'],
    ['dpkg-reconfigure -f noninteractive tzdata', 'runtime'],
    ['dpkg-divert --local --rename --add /sbin/initctl', 'runtime'],
    ['setcap cap_net_bind_service=+ep /a', 'unknown'],
    ['setfacl -m u:a:r /a', 'unknown'],
    ['keytool -import -noprompt -keystore $JAVA_HOME/lib/security/cacerts -file /ca.crt', 'runtime certificates'],
    ['keytool -importcert -cacerts -file /ca.crt', 'runtime certificates'],
    ['keytool -genkeypair -keystore /opt/a.jks', 'both copy /opt/a.jks'],
    ['keytool -list', 'neutral'],
    ['fc-cache -f', 'runtime index'],
    ['openssl req -x509 -keyout /etc/a.key -out /etc/a.crt', 'both copy /etc/a.crt /etc/a.key'],
    ['openssl version', 'neutral'],
    ['ssh-keygen -A', 'runtime host-keys'],
    ['ssh-keygen -t rsa -f /etc/a', 'both copy /etc/a /etc/a.pub'],
    ['htpasswd -bc /etc/a u p', 'both copy /etc/a'],
    ['protoc --go_out=gen a.proto', 'build generate /src/gen/'],
  ])('the system: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });

  it.each([
    ['a2enmod rewrite ssl', 'runtime server-module'],
    ['a2dissite 000-default', 'runtime server-module'],
    ['service mysql start', 'neutral'],
    ['/etc/init.d/postgresql start', 'neutral'],
    ['service --status-all', 'neutral'],
    ['systemctl enable nginx', 'runtime services'],
    ['systemctl start nginx', 'neutral'],
    ['systemctl restart x && systemctl daemon-reload', 'neutral'],
    ['update-rc.d a defaults', 'runtime services'],
    ['crontab /etc/cron.d/a', 'runtime services'],
    ['echo "* * * * * a" | crontab -', 'runtime services'],
    ['nginx -t', 'neutral'],
    ['nginx', 'unknown'],
    ['mysql -e "create database a"', 'unknown'],
    ['psql -c x', 'unknown'],
    ['initdb -D /d', 'unknown'],
    ['apachectl configtest', 'neutral'],
    ['phpenmod mcrypt', 'runtime phpenmod'],
  ])('servers: %s', (run, effect) => {
    expect(told(run)).toBe(effect);
  });
});
