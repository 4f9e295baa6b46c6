"""Asks the C library, through cffi, to lay out a number."""
from cffi import FFI

ffi = FFI()
ffi.cdef("int snprintf(char *to, size_t size, const char *format, ...);")
libc = ffi.dlopen(None)


def lay_out(number: int) -> str:
    to = ffi.new("char[]", 32)
    libc.snprintf(to, len(to), b"%08x", ffi.cast("unsigned int", number))
    return ffi.string(to).decode()


if __name__ == "__main__":
    print("laid out by C:", lay_out(48879))
