import subprocess

print(subprocess.check_output(["./tools/report"]))
