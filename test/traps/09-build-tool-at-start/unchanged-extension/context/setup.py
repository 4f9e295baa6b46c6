from Cython.Build import cythonize
from setuptools import setup

setup(name="fast", ext_modules=cythonize("fast.pyx"))
