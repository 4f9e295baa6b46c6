use strict;
use warnings;

my $home = "/usr/share/lantern";
mkdir $home or die "$home: $!";
open my $words, '>', "$home/words" or die $!;
print $words "the lantern is lit\n";
close $words;
system('gcc', '-O2', "-DWORDS=\"$home/words\"", '-o', '/usr/bin/lantern', 'lantern.c') == 0 or die 'it does not compile';
