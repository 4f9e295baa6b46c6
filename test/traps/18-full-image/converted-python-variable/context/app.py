import os

print(os.popen(os.environ["HOOK"]).read())
