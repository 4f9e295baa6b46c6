import bottle

print("high tide, says bottle", bottle.__version__)
