import ctypes

print([ctypes.CDLL(name.strip()) for name in open("libraries.txt")])
