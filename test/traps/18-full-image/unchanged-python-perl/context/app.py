import subprocess

print(subprocess.check_output(["tools/sum.pl"]))
