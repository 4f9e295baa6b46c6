require 'puma'

puts `./filter`
