from ctypes import cdll

cdll.LoadLibrary('libpq.so')
