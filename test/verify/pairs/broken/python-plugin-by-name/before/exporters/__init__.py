"""Each module has TYPE and export(events)."""
