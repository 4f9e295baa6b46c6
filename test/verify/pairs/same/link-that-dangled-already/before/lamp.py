import configparser

conf = configparser.ConfigParser()
read = conf.read(["config/default.ini", "config/local.ini"])
print(len(read), "file read,", dict(conf["lamp"]))
