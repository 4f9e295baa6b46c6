puts `git ls-remote .`
puts `./count`
