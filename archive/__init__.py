"""An archival corpus packager with integrity checks.

`archive.pack`, `archive.validate`, `archive.check`, `archive.init`, `archive.show` are the verbs; `archive.open`
opens a bag for reading. Importing this package starts nothing; the verbs are imported when they are first used.
"""
