open("made", "w")
