import logging

try:
    from logsetup import handler
except ImportError:
    handler = logging.StreamHandler()

log = logging.getLogger("job")
log.setLevel(logging.INFO)
log.addHandler(handler)
log.info("12 rows copied")
