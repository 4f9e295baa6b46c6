import pyximport

pyximport.install()
import fast

print(fast.x)
