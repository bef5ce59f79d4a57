"""Ours and its peers on the same data in one run; `python3 tools/run_benchmarks.py` sets everything up and runs it.

texts, corpora             the data: seeded, so that every machine measures the same bytes
measuring                  one command as a whole process tree: seconds, processor seconds, memory, bytes
contests, formats, peers   what is compared with what
comparing                  ratios, as a table, as JSON and as a plot
"""
