import configparser
import shlex
import subprocess

settings = configparser.ConfigParser()
settings.read("job.ini")
print(subprocess.check_output(shlex.split(settings["job"]["command"])))
