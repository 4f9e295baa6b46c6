import subprocess

subprocess.run(["shrink", "in.png"])
