import ctypes

ctypes.CDLL('libgreet.so').greet()
