use JSON::PP;

print encode_json({ heads => `git ls-remote .`, count => `./count` });
