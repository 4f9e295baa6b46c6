import subprocess

print(subprocess.check_output(["bash", "-c", "cd /tmp && uptime; echo $(git --version)"]))
