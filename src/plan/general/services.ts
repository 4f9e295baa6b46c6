/** The file in which programs look up ports by name; of Debian's images only those with netbase have it: services(5). */
export const SERVICES = '/etc/services';

/** Calls that take a port by number or by name: getaddrinfo(3), https://www.boost.org/doc/libs/release/doc/html/boost_asio.html, BIO_s_connect(3) */
const RESOLVES = /\b(?:getaddrinfo|resolver|async_resolve|BIO_(?:new_connect|set_conn_\w+|lookup(?:_ex)?|new_accept|set_accept_\w+))\b/;
const NAMES =
  /"(?:[\w.-]*:)?(?:https?|http-alt|ftps?|ftp-data|tftp|sftp|ssh|telnet|smtps?|submissions?|domain|ntp|imaps?|imap2|pop3s?|ldaps?|echo|discard|daytime|chargen|time|finger|whois|gopher|irc|ircs-u|nntps?|snmp|syslog|kerberos|rtsp|sip|sips|mqtt|amqps?|mysql|postgresql|redis|xmpp-\w+|sunrpc|nfs|radius|rsync|git)"/;
const LOOKS_UP = /\b(?:getserv|getproto)by\w+|\bgetnameinfo\s*\((?![^;]*NI_NUMERICSERV)/;

/** Whether a source in C or the like, its comments left out, asks for a port or a protocol by its name. */
export function namesServices(code: string): boolean {
  return LOOKS_UP.test(code) || (RESOLVES.test(code) && NAMES.test(code));
}
