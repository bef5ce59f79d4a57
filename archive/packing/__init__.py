"""How a plan becomes a bag: sources are taken in, records are built, and all of it is written and sealed.

What `archive.operations.pack` and `archive.operations.check` have in common stands here.
"""
