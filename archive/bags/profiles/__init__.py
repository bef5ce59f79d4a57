"""BagIt Profiles (specification 1.4.0): a profile is read and checked, then bags are held against it.

`reading.read_profile` makes a `profile.Profile` of a file, or says what is wrong with it; `rules.findings_against`
holds a bag against it. Nothing is ever fetched: a profile is given, or it is the one that is shipped.

The specification: https://bagit-profiles.github.io/bagit-profiles-specification/
"""
