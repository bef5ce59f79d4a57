"""Small programs to measure against: the plainest way to do a thing, the limit of the machine, pipelines of others."""
