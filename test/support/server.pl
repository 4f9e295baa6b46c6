# Listens on three ports: one never answers, one gives a body drop by drop, one gives a body without end.
use strict;
use IO::Socket::INET;
$| = 1;
my %ways = (
  8080 => sub { sleep 1000 },
  8081 => sub { my $to = shift; while (print $to 'x') { $to->flush; sleep 1 } },
  8082 => sub { my $to = shift; while (print $to 'x' x 65536) { } },
);
my @listening;
for my $port (sort keys %ways) {
  my $listener = IO::Socket::INET->new(LocalPort => $port, Listen => 50, ReuseAddr => 1) or die $!;
  defined(my $child = fork) or die $!;
  push @listening, $child;
  next if $child;
  local $SIG{CHLD} = 'IGNORE';
  while (my $client = $listener->accept) {
    next if fork;
    my $asked = <$client> if $port != 8080;
    print $client "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" if $port != 8080;
    $ways{$port}->($client);
    exit;
  }
}
$SIG{TERM} = sub { kill KILL => @listening; exit };
print "listening\n";
sleep 1000;
