import gc

# As at the start of the service (incubator/__main__.py): what is loaded now is no garbage.
gc.set_threshold(200_000, 20, 50)
