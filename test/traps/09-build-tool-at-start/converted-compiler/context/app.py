import subprocess

subprocess.run(['gcc', '-o', 'job', 'job.c'], check=True)
