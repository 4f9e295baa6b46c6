import fast

print(fast.x)
